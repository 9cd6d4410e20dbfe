using Earmark.Portal.Identity;
using Microsoft.AspNetCore.Http;

namespace Earmark.Portal.Layout;

/// <param name="Text">Key of the words.</param>
/// <param name="Roles">Who has it in the menu; empty for everyone. The page's own policy decides who may open it.</param>
public sealed record MenuEntry(string Path, string Text, params string[] Roles);

/// <summary>The main navigation. A page that belongs in it adds its line here.</summary>
public static class Menu
{
    private static readonly MenuEntry[] Entries =
    [
        new("/", "Today"),
        new("/my", "My loans", Roles.Borrower),
        new("/portfolio", "Portfolio", Roles.Bank),
        new("/shortfalls", "Shortfalls", Roles.Bank),
        new("/sites", "Sites"),
        new("/alarms", "Alarms"),
        new("/devices", "Devices"),
        new("/onboarding", "Onboarding", Roles.Onboarding),
        new("/prices", "Prices", Roles.Bank),
    ];

    public static IEnumerable<MenuEntry> For(Viewer viewer) =>
        Entries.Where(entry => entry.Roles.Length == 0 || entry.Roles.Contains(viewer.Role));

    public static bool IsCurrent(MenuEntry entry, PathString path) =>
        entry.Path == "/" ? path == "/" : path.StartsWithSegments(entry.Path);
}
