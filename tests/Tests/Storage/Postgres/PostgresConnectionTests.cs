using Earmark.Storage;
using Earmark.Storage.Postgres;
using Xunit;

namespace Earmark.Tests.Storage.Postgres;

public sealed class PostgresConnectionTests
{
    private const string Secret = "s3cret-word";

    [Fact]
    public void Printing_it_shows_where_and_who_and_never_the_password()
    {
        var connection = new PostgresConnection($"Host=db.bank.example;Port=5433;Database=earmark;Username=ranch;Password={Secret}");
        Assert.Equal("ranch@db.bank.example:5433/earmark", connection.ToString());
        var options = new StorageOptions { DataFolder = "data", Postgres = connection }.ToString();
        Assert.Contains("db.bank.example", options, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, options, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Host=db;Database=earmark;Nonsense=" + Secret)]
    [InlineData("Host=db;Database=earmark;Port=" + Secret)]
    [InlineData("Password=" + Secret)]
    [InlineData("Host=db;Password=" + Secret)]
    [InlineData(Secret)]
    public void What_can_not_be_read_is_refused_without_repeating_it(string text)
    {
        var refused = Assert.Throws<ArgumentException>(() => new PostgresConnection(text));
        Assert.DoesNotContain(Secret, refused.ToString(), StringComparison.Ordinal);
    }
}
