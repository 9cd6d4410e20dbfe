using Earmark.Contracts.Sites;

namespace Earmark.Silo.Warehouses;

/// <summary>What people and grains declare of lots.</summary>
internal sealed partial class WarehouseFold
{
    protected override CommandReceipt? CheckOwn(SiteCommand command) => command switch
    {
        DeclareLots declare => LotDeclarations.Check(Core, _lots, declare),
        GiveTransfer give => _transfers.Check(give),
        TakeTransfer take => _transfers.Check(take),
        CloseTransfer => null,
        AnswerTransition answer when Core.Transitions.IsOpen(answer.AssetId, answer.Transition) => null,
        AnswerTransition => CommandReceipt.Refuse("not-open", "Nothing of that kind is open for the asset."),
        _ => CommandReceipt.Refuse("unsupported", "A warehouse knows no such command."),
    };

    protected override void Take(SiteCommand command, long position)
    {
        switch (command)
        {
            case DeclareLots declare:
                LotDeclarations.Take(Core, _lots, declare, position);
                break;
            case GiveTransfer give:
                _transfers.Take(give, position);
                break;
            case TakeTransfer take:
                _transfers.Take(take, position);
                break;
            case CloseTransfer close:
                Core.Transfers.Close(close.TransferId);
                break;
            case AnswerTransition answer:
                Core.Transitions.Answer(answer.AssetId, answer.Transition, answer.Accepted ? null : answer.Reason ?? "refused", Core.Now);
                break;
        }
    }
}
