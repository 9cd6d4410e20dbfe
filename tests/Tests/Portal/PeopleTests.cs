using System.Security.Cryptography;
using System.Text;
using Earmark.Portal;
using Earmark.Portal.Identity;
using Earmark.Tests.Portal.Hosting;
using Xunit;

namespace Earmark.Tests.Portal;

public sealed class PeopleTests
{
    private static readonly DemoScope Scope = new("ranch-1", "store-1", "fleet-1", "wang", "ranch-1 store-1");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public void A_password_verifies_against_its_own_hash_alone()
    {
        var kept = Passwords.Hash("牧场-secret", rounds: 1_000);
        Assert.True(Passwords.Verify("牧场-secret", kept));
        Assert.False(Passwords.Verify("牧场-Secret", kept));
        Assert.NotEqual(kept, Passwords.Hash("牧场-secret", rounds: 1_000));
        Assert.DoesNotContain("secret", kept, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("pbkdf2-sha256$1000$$")]
    [InlineData("pbkdf2-sha256$0$AAAA$AAAA")]
    [InlineData("pbkdf2-sha256$99999999999$AAAA$AAAA")]
    [InlineData("md5$1$AAAA$AAAA")]
    [InlineData("pbkdf2-sha256$1000$!!$AAAA")]
    public void What_is_no_hash_verifies_nothing(string kept) => Assert.False(Passwords.Verify("", kept));

    [Fact]
    public void Passwords_of_people_are_hashed_slowly()
    {
        Assert.True(PortalLimits.PasswordRounds >= 600_000);
        Assert.Contains($"${PortalLimits.PasswordRounds}$", Passwords.Hash("x"), StringComparison.Ordinal);
        Assert.False(Passwords.Verify("x", Passwords.Nobody));
    }

    [Fact]
    public async Task The_demo_has_one_user_a_role_and_only_hashes_are_kept()
    {
        var identity = new MemoryIdentity();
        var users = await DemoUsers.CreateAsync(identity, PortalHost.Bank, Scope, Cancel);
        Assert.Equal(Roles.All, users.Select(user => user.Role));
        Assert.Equal(users.Count, users.Select(user => user.Password).Distinct().Count());
        var rancher = await identity.UserAsync(Roles.RanchOperator, Cancel);
        Assert.Equal(("ranch-1", null), (rancher!.SiteIds, rancher.BorrowerId));
        var borrower = await identity.UserAsync(Roles.Borrower, Cancel);
        Assert.Equal("wang", borrower!.BorrowerId);
        foreach (var user in users)
        {
            var row = await identity.UserAsync(user.UserName, Cancel);
            Assert.DoesNotContain(user.Password, row!.PasswordHash, StringComparison.Ordinal);
        }

        Assert.True(Passwords.Verify(users[0].Password, (await identity.UserAsync(users[0].UserName, Cancel))!.PasswordHash));
        Assert.Empty(await DemoUsers.CreateAsync(identity, PortalHost.Bank, Scope, Cancel));
    }

    [Fact]
    public async Task The_first_demo_key_is_the_banks_and_the_book_keeps_its_sha_256()
    {
        var identity = new MemoryIdentity();
        var keys = await ApiKeys.CreateDemoAsync(identity, PortalHost.Bank, Scope, Cancel);
        Assert.Equal(Roles.BankOfficer, keys.Keys.First());
        Assert.Equal(Roles.All, keys.Keys);
        var row = await identity.ApiKeyAsync(SHA256.HashData(Encoding.UTF8.GetBytes(keys[Roles.FleetOperator])), Cancel);
        Assert.Equal((Roles.FleetOperator, "fleet-1"), (row!.Role, row.SiteIds));
        Assert.All(keys.Values, key => Assert.True(key.Length > 40));
    }

    [Fact]
    public async Task A_sign_in_outlives_a_restart_of_the_portal()
    {
        await using var first = await PortalHost.StartAsync(Seeds.SitesAndFacilities);
        await first.Identity.AddUserAsync(new("officer", PortalHost.Bank, Roles.BankOfficer, "", Passwords.Hash("pw", 1_000), "", null), Cancel);
        using var browser = first.Browser();
        var answer = await SignInTests.PostAsync(browser, "/sign-in", "officer", "pw");
        var cookie = answer.Headers.GetValues("Set-Cookie").Single(value => value.StartsWith("earmark=", StringComparison.Ordinal)).Split(';')[0];
        await using var second = await PortalHost.StartAsync(Seeds.SitesAndFacilities, first.Identity);
        using var later = second.Browser();
        later.Client.DefaultRequestHeaders.Add("Cookie", cookie);
        Assert.Equal(System.Net.HttpStatusCode.OK, (await later.GetAsync("/alarms")).Status);
    }
}
