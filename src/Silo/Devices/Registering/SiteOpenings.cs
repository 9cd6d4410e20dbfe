using Earmark.Contracts;
using Earmark.Contracts.Devices;
using Earmark.Contracts.Sites;
using Earmark.Storage.Book;

namespace Earmark.Silo.Devices.Registering;

/// <summary>Opens a site: its row in the register, then its definition and the default policy as the first entries of its journal.</summary>
internal sealed class SiteOpenings(IRegister register, IGrainFactory grains, string institutionId)
{
    public const int MaximumZones = 500;
    public const int MaximumDisplayName = 100;

    public async Task<CommandReceipt> Open(SiteOpening opening)
    {
        if (WhyNot(opening) is { } wrong)
        {
            return CommandReceipt.Refuse("bad-site", wrong);
        }

        var institutions = await register.InstitutionsAsync(CancellationToken.None);
        if (!institutions.Any(institution => institution.InstitutionId == institutionId))
        {
            return CommandReceipt.Refuse("unknown-institution", $"No institution is registered as {institutionId}.");
        }

        var row = new SiteRow(
            opening.SiteId, institutionId, (int)opening.Kind, opening.DisplayName, SiteZones.Join(opening.Zones), opening.Latitude, opening.Longitude);
        if (!await register.AddSiteAsync(row, CancellationToken.None))
        {
            return CommandReceipt.Refuse("site-exists", $"A site {opening.SiteId} exists already.");
        }

        var site = grains.Site(opening.Kind, opening.SiteId);
        var defined = await site.SubmitPatiently(new DefineSite($"{opening.CommandId}/define", opening.By, institutionId, opening.Kind, opening.Zones));
        return defined.Accepted ? await site.SubmitPatiently(new SetPolicy($"{opening.CommandId}/policy", opening.By)) : defined;
    }

    private static string? WhyNot(SiteOpening opening) =>
        !Names.IsValid(opening.SiteId) ? $"A site's id is 1 to {Names.MaximumLength} of a–z, 0–9 and '-'."
        : !Enum.IsDefined(opening.Kind) ? "A site is a ranch, a warehouse or a fleet."
        : string.IsNullOrWhiteSpace(opening.DisplayName) || opening.DisplayName.Length > MaximumDisplayName ? $"A name has 1 to {MaximumDisplayName} characters."
        : opening.Zones.Length is 0 or > MaximumZones ? $"A site has 1 to {MaximumZones} zones."
        : Array.Find(opening.Zones, zone => !Names.IsValid(zone)) is { } zone ? $"'{zone}' is no name of a zone."
        : opening.Zones.Distinct(StringComparer.Ordinal).Count() != opening.Zones.Length ? "A zone is named twice."
        : opening.Latitude is < -90 or > 90 || opening.Longitude is < -180 or > 180 ? "The position is not on the earth."
        : null;
}

/// <summary>Zones as a site's row keeps them: names have no spaces, so spaces divide them.</summary>
internal static class SiteZones
{
    public static string Join(IEnumerable<string> zones) => string.Join(' ', zones);

    public static bool Has(SiteRow site, string zone) => site.Zones.Split(' ').Contains(zone, StringComparer.Ordinal);
}
