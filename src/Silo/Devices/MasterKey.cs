using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Earmark.Silo.Devices;

/// <summary>
/// The key under which frame keys are kept: 32 random bytes in a file of its own (mode 0600), outside the database, so that
/// a copy of the Book alone opens nothing. Sealed form: nonce 12 ‖ ciphertext ‖ tag 16, AES-256-GCM, bound to the device
/// and key id it belongs to, so that a sealed key moved to another row does not open.
/// </summary>
public sealed class MasterKey : IDisposable
{
    public const string FileName = "master.key";
    public const int Bytes = 32;

    private const int NonceBytes = 12;
    private const int TagBytes = 16;

    private readonly AesGcm aes;

    public MasterKey(ReadOnlySpan<byte> key)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(key.Length, Bytes);
        aes = new AesGcm(key, TagBytes);
    }

    /// <summary>Reads the key of a data folder, or makes it at the first start.</summary>
    /// <exception cref="InvalidDataException">the file is there but holds no key: nothing is overwritten</exception>
    public static MasterKey LoadOrMake(string dataFolder)
    {
        Directory.CreateDirectory(dataFolder);
        var path = Path.Combine(dataFolder, FileName);
        if (!File.Exists(path))
        {
            WriteOnce(path, RandomNumberGenerator.GetBytes(Bytes));
        }

        var key = File.ReadAllBytes(path);
        return key.Length == Bytes
            ? new MasterKey(key)
            : throw new InvalidDataException($"{path} holds {key.Length} bytes, a master key has {Bytes}.");
    }

    /// <summary>From the text of a secret: 64 hexadecimal digits.</summary>
    /// <exception cref="InvalidDataException">It is something else; the message does not repeat it.</exception>
    public static MasterKey Parse(string text)
    {
        var key = new byte[Bytes];
        return text.Length == 2 * Bytes && Convert.FromHexString(text, key, out _, out _) == System.Buffers.OperationStatus.Done
            ? new MasterKey(key)
            : throw new InvalidDataException($"A master key is {2 * Bytes} hexadecimal digits.");
    }

    public byte[] Seal(string deviceId, int keyId, ReadOnlySpan<byte> key)
    {
        var sealedKey = new byte[NonceBytes + key.Length + TagBytes];
        var nonce = sealedKey.AsSpan(0, NonceBytes);
        RandomNumberGenerator.Fill(nonce);
        lock (aes)
        {
            aes.Encrypt(nonce, key, sealedKey.AsSpan(NonceBytes, key.Length), sealedKey.AsSpan(NonceBytes + key.Length), Owner(deviceId, keyId));
        }

        return sealedKey;
    }

    /// <exception cref="CryptographicException">sealed by another master key, for another device, or damaged</exception>
    public byte[] Open(string deviceId, int keyId, ReadOnlySpan<byte> sealedKey)
    {
        if (sealedKey.Length < NonceBytes + TagBytes)
        {
            throw new CryptographicException("A sealed key is longer than its nonce and tag.");
        }

        var key = new byte[sealedKey.Length - NonceBytes - TagBytes];
        lock (aes)
        {
            aes.Decrypt(sealedKey[..NonceBytes], sealedKey[NonceBytes..^TagBytes], sealedKey[^TagBytes..], key, Owner(deviceId, keyId));
        }

        return key;
    }

    public void Dispose() => aes.Dispose();

    // A reader of the folder sees either no key or a whole one, and of two first starts one key wins.
    private static void WriteOnce(string path, byte[] key)
    {
        var half = path + ".new";
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using (var file = new FileStream(half, options))
        {
            file.Write(key);
            file.Flush(flushToDisk: true);
        }

        File.Move(half, path, overwrite: false);
    }

    private static byte[] Owner(string deviceId, int keyId)
    {
        var owner = new byte[4 + Encoding.UTF8.GetByteCount(deviceId)];
        BinaryPrimitives.WriteInt32LittleEndian(owner, keyId);
        Encoding.UTF8.GetBytes(deviceId, owner.AsSpan(4));
        return owner;
    }
}
