namespace Earmark.Contracts;

/// <summary>The grammar of every identifier that people and devices may choose.</summary>
public static class Names
{
    public const int MaximumLength = 40;
    public const int MaximumDeviceLength = 16;

    /// <summary>Site, asset, facility, institution: 1–40 of a–z, 0–9 and '-'. Such a name is safe as grain key, topic level, path segment and file name.</summary>
    public static bool IsValid(string? name) => IsSlug(name, MaximumLength);

    /// <summary>A device's name also fits the 16 bytes an envelope gives it.</summary>
    public static bool IsValidDevice(string? name) => IsSlug(name, MaximumDeviceLength);

    private static bool IsSlug(string? name, int maximum)
    {
        if (string.IsNullOrEmpty(name) || name.Length > maximum)
        {
            return false;
        }

        foreach (var c in name)
        {
            if (c is not ((>= 'a' and <= 'z') or (>= '0' and <= '9') or '-'))
            {
                return false;
            }
        }

        return true;
    }
}
