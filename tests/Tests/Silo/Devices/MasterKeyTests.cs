using System.Security.Cryptography;
using Earmark.Silo.Devices;
using Earmark.Tests.Storage;
using Xunit;

namespace Earmark.Tests.Silo.Devices;

public sealed class MasterKeyTests
{
    [Fact]
    public void A_sealed_key_opens_for_its_own_device_and_key_id_only()
    {
        using var master = new MasterKey(RandomNumberGenerator.GetBytes(MasterKey.Bytes));
        var key = RandomNumberGenerator.GetBytes(32);
        var kept = master.Seal("scale-1", 1, key);
        Assert.Equal(key, master.Open("scale-1", 1, kept));
        Assert.ThrowsAny<CryptographicException>(() => master.Open("scale-2", 1, kept));
        Assert.ThrowsAny<CryptographicException>(() => master.Open("scale-1", 2, kept));
        Assert.ThrowsAny<CryptographicException>(() => master.Open("scale-1", 1, kept.AsSpan(..10)));
        kept[20] ^= 1;
        Assert.ThrowsAny<CryptographicException>(() => master.Open("scale-1", 1, kept));
    }

    [Fact]
    public void The_key_of_a_folder_is_made_once_and_readable_by_its_owner_only()
    {
        using var folder = new TemporaryFolder();
        using var first = MasterKey.LoadOrMake(folder.Path);
        using var second = MasterKey.LoadOrMake(folder.Path);
        Assert.Equal([1, 2, 3], second.Open("d", 1, first.Seal("d", 1, [1, 2, 3])));
        Assert.Equal([Path.Combine(folder.Path, MasterKey.FileName)], Directory.GetFiles(folder.Path));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(folder.Path, MasterKey.FileName)));
        }
    }

    [Fact]
    public void A_damaged_key_file_is_never_replaced()
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, MasterKey.FileName);
        File.WriteAllText(path, "half");
        Assert.Throws<InvalidDataException>(() => MasterKey.LoadOrMake(folder.Path));
        Assert.Equal("half", File.ReadAllText(path));
    }
}
