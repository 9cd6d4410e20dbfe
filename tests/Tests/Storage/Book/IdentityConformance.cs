using Earmark.Storage.Book;
using Xunit;

namespace Earmark.Tests.Storage.Book;

public abstract class IdentityConformance(BookHost host) : BookConformance(host)
{
    private Identity Identity => new(Book);

    [Fact]
    public async Task A_user_name_is_taken_once()
    {
        var user = new UserRow("wang", Bank, "borrower", "Wang", "hash", "", "borrower-1");
        Assert.True(await Identity.AddUserAsync(user, Cancel));
        Assert.False(await Identity.AddUserAsync(user with { Role = "admin" }, Cancel));
        Assert.Equal(user, await Identity.UserAsync("wang", Cancel));
        Assert.Null(await Identity.UserAsync("li", Cancel));
        Assert.Single(await Identity.UsersAsync(Bank, Cancel));
        Assert.Empty(await Identity.UsersAsync("other-bank", Cancel));
    }

    [Fact]
    public async Task One_try_more_than_allowed_locks_the_name_and_further_ones_do_not_prolong_it()
    {
        Assert.Null(await Fail("wang", SignInRules.FailuresAllowed, Noon));
        var until = Noon + SignInRules.LockedFor;
        Assert.Equal(until, await Fail("wang", 1, Noon));
        Assert.Equal(until, await Fail("wang", 1, Noon.AddMinutes(5)));
        Assert.Equal(until, await Fail("wang", 1, until.AddSeconds(-1)));
        Assert.Null(await Fail("wang", 1, until));
        Assert.Null(await Fail("li", 1, Noon));
    }

    [Fact]
    public async Task After_a_lock_or_a_success_or_long_enough_counting_begins_anew()
    {
        var unlocked = Noon + SignInRules.LockedFor;
        Assert.NotNull(await Fail("wang", SignInRules.FailuresAllowed + 1, Noon));
        Assert.Null(await Fail("wang", SignInRules.FailuresAllowed, unlocked));
        await Identity.SucceededSignInAsync("wang", unlocked, Cancel);
        Assert.Null(await Fail("wang", SignInRules.FailuresAllowed, Noon.AddHours(2)));
        var later = Noon.AddHours(2) + SignInRules.Within + TimeSpan.FromSeconds(1);
        Assert.Null(await Fail("wang", SignInRules.FailuresAllowed, later));
        Assert.NotNull(await Fail("wang", 1, later));
    }

    [Fact]
    public async Task A_key_is_found_by_its_hash_only()
    {
        var key = new ApiKeyRow([1, 2, 3], Bank, "bank-officer", "demo", "ranch-1", null);
        await Identity.AddApiKeyAsync(key, Cancel);
        await Identity.AddApiKeyAsync(key, Cancel);
        Assert.Equal("demo", (await Identity.ApiKeyAsync([1, 2, 3], Cancel))!.Name);
        Assert.Null(await Identity.ApiKeyAsync([1, 2, 4], Cancel));
    }

    [Fact]
    public async Task The_audit_trail_is_read_newest_first_within_its_institution_and_never_changes()
    {
        await Identity.AuditAsync(new AuditRow(Bank, Noon, "officer", "draw", "fac-1", "{}"), Cancel);
        await Identity.AuditAsync(new AuditRow(Bank, Noon, "officer", "release", "fac-2", "{}"), Cancel);
        Assert.Equal(["release", "draw"], (await Identity.AuditTrailAsync(Bank, null, 0, 10, Cancel)).Select(entry => entry.What));
        Assert.Equal("draw", Assert.Single(await Identity.AuditTrailAsync(Bank, "fac-1", 0, 10, Cancel)).What);
        Assert.Empty(await Identity.AuditTrailAsync("other-bank", null, 0, 10, Cancel));
        await RefusesItself("UPDATE audit SET made_by = 'x'");
        await RefusesItself("DELETE FROM audit");
    }

    [Fact]
    public async Task Protection_keys_are_kept_once_each()
    {
        await Identity.AddProtectionKeyAsync("k-1", "<a/>", Cancel);
        await Identity.AddProtectionKeyAsync("k-1", "<b/>", Cancel);
        await Identity.AddProtectionKeyAsync("k-2", "<c/>", Cancel);
        Assert.Equal(["<a/>", "<c/>"], await Identity.ProtectionKeysAsync(Cancel));
    }

    private async Task<DateTimeOffset?> Fail(string name, int times, DateTimeOffset at)
    {
        DateTimeOffset? locked = null;
        for (var i = 0; i < times; i++)
        {
            locked = await Identity.FailedSignInAsync(name, at, Cancel);
        }

        return locked;
    }
}
