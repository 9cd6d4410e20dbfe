using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;

namespace Earmark.Portal.Identity;

/// <summary>People's passwords: <c>pbkdf2-sha256$rounds$salt$hash</c>, salt and hash in base64url.</summary>
public static class Passwords
{
    private const string Algorithm = "pbkdf2-sha256";
    private const int SaltBytes = 16;
    private const int HashBytes = 32;
    private const int RoundsMaximum = 10_000_000;

    /// <summary>What an unknown name is checked against, so that it takes as long as a known one.</summary>
    public static readonly string Nobody = string.Create(
        CultureInfo.InvariantCulture,
        $"{Algorithm}${PortalLimits.PasswordRounds}${Base64Url.EncodeToString(new byte[SaltBytes])}${Base64Url.EncodeToString(new byte[HashBytes])}");

    public static string Hash(string password, int rounds = PortalLimits.PasswordRounds)
    {
        var salt = RandomNumberGenerator.GetBytes(SaltBytes);
        var hash = Rfc2898DeriveBytes.Pbkdf2(password, salt, rounds, HashAlgorithmName.SHA256, HashBytes);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{Algorithm}${rounds}${Base64Url.EncodeToString(salt)}${Base64Url.EncodeToString(hash)}");
    }

    /// <summary>False for a wrong password and for a hash that is not one.</summary>
    public static bool Verify(string password, string kept)
    {
        var parts = kept.Split('$');
        if (parts.Length != 4 || parts[0] != Algorithm || password.Length > PortalLimits.PasswordCharacters
            || !int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var rounds)
            || rounds is < 1 or > RoundsMaximum || !Base64Url.IsValid(parts[2]) || !Base64Url.IsValid(parts[3]))
        {
            return false;
        }

        var expected = Base64Url.DecodeFromChars(parts[3]);
        var hash = Rfc2898DeriveBytes.Pbkdf2(password, Base64Url.DecodeFromChars(parts[2]), rounds, HashAlgorithmName.SHA256, HashBytes);
        return CryptographicOperations.FixedTimeEquals(hash, expected);
    }
}
