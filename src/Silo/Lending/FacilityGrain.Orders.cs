using System.Text.Json;
using Earmark.Contracts.Lending;
using Earmark.Contracts.Sites;
using Earmark.Silo.Lending.Loans;
using Earmark.Storage.Book;

namespace Earmark.Silo.Lending;

/// <summary>Orders of money: recomputed at the moment they execute, one commit each, answered once per order id.</summary>
public sealed partial class FacilityGrain
{
    public const int MaximumOrderId = 50;

    public async ValueTask<MoneyReceipt> Draw(DrawOrder order)
    {
        if (WhyNoOrder(order.OrderId) is { } wrong)
        {
            return RefuseMoney(wrong);
        }

        await Accrue(clock.GetUtcNow());
        var id = $"draw/{Id}/{order.OrderId}";
        return await Once(id, Decisions.OrderJson(order), RefuseMoney, () => Draws.Decide(book!, step!, watch.Line, watch.PriceVersion, order, id));
    }

    public async ValueTask<MoneyReceipt> Repay(RepaymentOrder order)
    {
        if (WhyNoOrder(order.OrderId) is { } wrong)
        {
            return RefuseMoney(wrong);
        }

        // Interest up to yesterday is booked on the principal it ran on, before a payment lowers it.
        await Accrue(clock.GetUtcNow());
        var id = $"repay/{Id}/{order.OrderId}";
        var receipt = await Once(id, Decisions.OrderJson(order), RefuseMoney, () => Repayments.Decide(book!, step!, watch.PriceVersion, order, id));
        DecideBehind();
        return receipt;
    }

    /// <summary>Decides on the Book and the cover of this moment and commits; a repeated id is answered with what stands.</summary>
    private async Task<T> Once<T>(string decisionId, string orderJson, Func<string, T> refuse, Func<(LendingDecision Decision, T Receipt)> decide)
        where T : class
    {
        for (var tries = 0; tries < MaximumTries; tries++)
        {
            if (await FirstAnswer(decisionId, orderJson, refuse) is { } known)
            {
                return known;
            }

            await oneCommit.WaitAsync();
            try
            {
                Revalue(clock.GetUtcNow());
                var (decision, receipt) = decide();
                var result = await lending.CommitAsync(decision, CancellationToken.None);
                await Reload();
                if (result == CommitResult.Committed)
                {
                    return receipt;
                }

                if (result == CommitResult.AssetPledged)
                {
                    return refuse("already-pledged");
                }
            }
            finally
            {
                oneCommit.Release();
            }
        }

        return refuse("busy");
    }

    /// <summary>The first result of a repeated order; a refusal where the id came with another body; null for a new id.</summary>
    private async Task<T?> FirstAnswer<T>(string decisionId, string orderJson, Func<string, T> refuse)
        where T : class
    {
        if (await lending.DecisionAsync(decisionId, CancellationToken.None) is not { } known)
        {
            return null;
        }

        return DecisionInputs.Read(known.Inputs).Order == orderJson
            ? JsonSerializer.Deserialize<T>(known.Answer, JsonSerializerOptions.Web)
            : refuse("repeated-id");
    }

    private string? WhyNoOrder(string orderId) =>
        book is null ? "unknown-facility"
        : string.IsNullOrWhiteSpace(orderId) || orderId.Length > MaximumOrderId ? "bad-id"
        : null;

    private static MoneyReceipt RefuseMoney(string reason) => new(false, reason, reason, null, null);

    private static CommandReceipt RefuseCommand(string reason) => CommandReceipt.Refuse(reason, reason);
}
