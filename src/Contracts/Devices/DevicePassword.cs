using System.Globalization;
using System.Security.Cryptography;

namespace Earmark.Contracts.Devices;

/// <summary>
/// A device's password as Mosquitto keeps it: <c>$7$101$salt$hash</c>, PBKDF2-SHA512, 101 rounds, 12-byte salt, 64-byte
/// hash, both base64. So few rounds suffice because the password is random with 128 bits or more, and a reconnect storm
/// must stay cheap; people's passwords are hashed elsewhere and slowly.
/// </summary>
public static class DevicePassword
{
    public const int Rounds = 101;
    public const int MaximumLength = 128;

    private const int SaltBytes = 12;
    private const int HashBytes = 64;
    private const int RandomBytes = 24;
    private const string Scheme = "$7$";

    /// <summary>A new password: 192 random bits in 32 characters that need no quoting (A–Z, a–z, 0–9, '-', '_').</summary>
    public static string Make() =>
        Convert.ToBase64String(RandomNumberGenerator.GetBytes(RandomBytes)).Replace('+', '-').Replace('/', '_');

    public static string Hash(string password)
    {
        var salt = RandomNumberGenerator.GetBytes(SaltBytes);
        var hash = Rfc2898DeriveBytes.Pbkdf2(password, salt, Rounds, HashAlgorithmName.SHA512, HashBytes);
        return string.Create(CultureInfo.InvariantCulture, $"{Scheme}{Rounds}${Convert.ToBase64String(salt)}${Convert.ToBase64String(hash)}");
    }

    /// <summary>False for a wrong password and for anything that is no such hash (a device without a password has an empty one).</summary>
    public static bool Verify(ReadOnlySpan<char> password, string hash)
    {
        if (password.Length is 0 or > MaximumLength || !hash.StartsWith(Scheme, StringComparison.Ordinal))
        {
            return false;
        }

        var parts = hash.Split('$');
        Span<byte> salt = stackalloc byte[SaltBytes];
        Span<byte> expected = stackalloc byte[HashBytes];
        if (parts.Length != 5 || parts[2] != Rounds.ToString(CultureInfo.InvariantCulture)
            || !Convert.TryFromBase64String(parts[3], salt, out var saltLength) || saltLength != SaltBytes
            || !Convert.TryFromBase64String(parts[4], expected, out var hashLength) || hashLength != HashBytes)
        {
            return false;
        }

        Span<byte> actual = stackalloc byte[HashBytes];
        Rfc2898DeriveBytes.Pbkdf2(password, salt, actual, Rounds, HashAlgorithmName.SHA512);
        return CryptographicOperations.FixedTimeEquals(actual, expected);
    }
}
