using Earmark.Contracts.Devices;
using Xunit;

namespace Earmark.Tests.Contracts;

public sealed class DevicePasswordTests
{
    /// <summary>Written by <c>mosquitto_passwd -b</c> of Mosquitto 2.0.11.</summary>
    private const string OfMosquitto =
        "$7$101$HIeV0cf8GHiQFhRU$iXH1XGnZEyfn8nmDKnkwd2NNpUE7zwv05qhg"
        + "DMBjjX3jnxXDPG1mHOOKDHUD0Bmoxxux0ViWI8PkpUcfmmNXVg==";

    [Fact]
    public void A_hash_that_mosquitto_passwd_wrote_verifies_its_password()
    {
        Assert.True(DevicePassword.Verify("correct-horse", OfMosquitto));
        Assert.False(DevicePassword.Verify("correct-horsf", OfMosquitto));
    }

    [Fact]
    public void A_made_password_verifies_against_its_own_hash_only()
    {
        var password = DevicePassword.Make();
        var hash = DevicePassword.Hash(password);
        Assert.True(DevicePassword.Verify(password, hash));
        Assert.False(DevicePassword.Verify(DevicePassword.Make(), hash));
        Assert.NotEqual(hash, DevicePassword.Hash(password));
        Assert.Equal(32, password.Length);
    }

    [Theory]
    [InlineData("")]
    [InlineData("$7$101$$")]
    [InlineData("$6$101$AAAAAAAAAAAAAAAA$AAAA")]
    [InlineData("$7$100$AAAAAAAAAAAAAAAA$AAAA")]
    [InlineData("not a hash")]
    public void What_is_no_hash_verifies_nothing(string hash) => Assert.False(DevicePassword.Verify("password", hash));

    [Fact]
    public void A_password_beyond_the_limit_is_not_even_hashed()
    {
        var longest = new string('x', DevicePassword.MaximumLength);
        Assert.True(DevicePassword.Verify(longest, DevicePassword.Hash(longest)));
        Assert.False(DevicePassword.Verify(longest + "x", DevicePassword.Hash(longest + "x")));
    }
}
