using Earmark.Contracts.Devices;
using Earmark.Contracts.Sites;
using Earmark.Contracts.Time;
using Earmark.Silo.Devices.Registering;
using Earmark.Storage.Book;

namespace Earmark.Silo.Devices;

/// <summary>Onboarding for one institution: checks its scope, writes the register, then tells the site. Each call answers once per id.</summary>
public sealed class RegistrarGrain(
    IRegister register,
    ILendingBook lending,
    MasterKey master,
    DomainClock clock,
    TimeProvider realTime) : Grain, IRegistrarGrain
{
    private string InstitutionId => this.GetPrimaryKeyString();

    private KeptAnswers Answers => new(register, clock, $"registrar/{InstitutionId}");

    public async ValueTask<CommandReceipt> OpenSite(SiteOpening opening) =>
        await Answers.Once(
            opening.CommandId,
            opening,
            () => new SiteOpenings(register, GrainFactory, InstitutionId).Open(opening),
            IfAccepted,
            CommandReceipt.Refuse);

    public async ValueTask<DeviceEnrolment> AddDevice(DeviceOrder order)
    {
        var enrolment = await Answers.Once(
            order.CommandId,
            order,
            () => new Enrolments(register, GrainFactory, master, clock, realTime, InstitutionId).Enrol(order),
            made => made.Accepted ? Enrolments.WithoutSecrets(made) : null,
            (reason, detail) => Enrolments.Refuse(order, reason, detail));
        return enrolment;
    }

    public async ValueTask<CommandReceipt> Declare(string siteId, SiteCommand command) =>
        await Answers.Once<CommandReceipt>(
            command.CommandId,
            new DeclarationBody(siteId, command),
            () => new Declarations(register, lending, GrainFactory, clock, InstitutionId).Declare(siteId, command),
            IfAccepted,
            CommandReceipt.Refuse);

    public async ValueTask<CommandReceipt> Transfer(TransferOrder order) =>
        await Answers.Once<CommandReceipt>(
            order.TransferId,
            order,
            () => new TransferDesk(register, lending, GrainFactory, clock, InstitutionId).Carry(order),
            IfAccepted,
            CommandReceipt.Refuse);

    private static CommandReceipt? IfAccepted(CommandReceipt receipt) => receipt.Accepted ? receipt : null;

    private sealed record DeclarationBody(string SiteId, SiteCommand Command);
}
