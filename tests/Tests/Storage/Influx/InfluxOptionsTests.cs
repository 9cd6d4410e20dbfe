using Earmark.Storage.Influx;
using Xunit;

namespace Earmark.Tests.Storage.Influx;

public sealed class InfluxOptionsTests
{
    [Theory]
    [InlineData("http://user:secret@127.0.0.1:8086")]
    [InlineData("http://127.0.0.1:8086/?p=secret")]
    [InlineData("ftp://127.0.0.1")]
    public void An_address_that_carries_a_secret_or_is_none_is_refused_without_repeating_it(string url)
    {
        var refused = Assert.Throws<ArgumentException>(() => new InfluxOptions { Url = new Uri(url) });
        Assert.DoesNotContain("secret@", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("p=secret", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_credential_does_not_print()
    {
        var options = new InfluxOptions { Url = new Uri("http://h:1"), Credential = InfluxCredential.User("u", "hidden") };
        Assert.DoesNotContain("hidden", $"{options} {options.Credential}", StringComparison.Ordinal);
        Assert.DoesNotContain("hidden", $"{InfluxCredential.Token("hidden")}", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("abc", "Token abc")]
    [InlineData("Token abc==\n", "Token abc==")]
    [InlineData("Bearer a.b.c", "Bearer a.b.c")]
    public void A_token_says_its_kind_or_is_one_of_2_x(string token, string header) => Assert.Equal(header, InfluxCredential.Token(token).Header.ToString());

    [Theory]
    [InlineData("")]
    [InlineData("a\nb")]
    public void A_token_of_no_or_several_lines_is_refused(string token) => Assert.Throws<ArgumentException>(() => InfluxCredential.Token(token));

    [Fact]
    public void A_user_with_a_colon_is_refused() => Assert.Throws<ArgumentException>(() => InfluxCredential.User("a:b", "c"));

    [Theory]
    [InlineData("http://influx.example:8086", true)]
    [InlineData("https://influx.example:8086", false)]
    [InlineData("http://127.0.0.1:8086", false)]
    public void A_credential_in_the_clear_on_a_network_is_noticed(string url, bool readable) =>
        Assert.Equal(readable, new InfluxOptions { Url = new Uri(url), Credential = InfluxCredential.Token("t") }.IsReadableUnderway);
}
