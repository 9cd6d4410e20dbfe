namespace Earmark.Storage.Book;

/// <summary>How many wrong passwords a name may have.</summary>
public static class SignInRules
{
    public const int FailuresAllowed = 5;
    public const int NameLength = 64;
    public static readonly TimeSpan Within = TimeSpan.FromMinutes(15);
    public static readonly TimeSpan LockedFor = TimeSpan.FromMinutes(15);
}

public sealed partial class Identity
{
    /// <summary>
    /// Names nobody has are counted like others, so that a lock does not tell who exists; old counts are forgotten so that
    /// guessed names don't fill the table. While locked, further tries neither count nor prolong.
    /// </summary>
    public Task<DateTimeOffset?> FailedSignInAsync(string userName, DateTimeOffset at, CancellationToken cancel) => book.WriteAsync(
        async session =>
        {
            await session.ExecuteAsync(
                "DELETE FROM sign_in WHERE counted_from < @old AND (locked_until IS NULL OR locked_until <= @at)",
                ("@old", at - SignInRules.Within),
                ("@at", at));
            var locked = await session.NumberAsync(
                """
                INSERT INTO sign_in (user_name, failures, counted_from) VALUES (@name, 1, @at)
                ON CONFLICT (user_name) DO UPDATE SET
                    failures = CASE WHEN sign_in.locked_until > @at THEN sign_in.failures WHEN sign_in.locked_until IS NOT NULL THEN 1 ELSE sign_in.failures + 1 END,
                    counted_from = CASE WHEN sign_in.locked_until <= @at THEN @at ELSE sign_in.counted_from END,
                    locked_until = CASE WHEN sign_in.locked_until > @at THEN sign_in.locked_until
                        WHEN sign_in.locked_until IS NULL AND sign_in.failures + 1 > @allowed THEN @until ELSE NULL END
                RETURNING locked_until
                """,
                ("@name", Counted(userName)),
                ("@at", at),
                ("@allowed", SignInRules.FailuresAllowed),
                ("@until", at + SignInRules.LockedFor));
            return locked is { } until ? DateTimeOffset.FromUnixTimeMilliseconds(until) : (DateTimeOffset?)null;
        },
        cancel);

    public Task SucceededSignInAsync(string userName, DateTimeOffset at, CancellationToken cancel) => book.WriteAsync(
        session => session.ExecuteAsync("DELETE FROM sign_in WHERE user_name = @name", ("@name", Counted(userName))),
        cancel);

    private static string Counted(string userName) => userName.Length > SignInRules.NameLength ? userName[..SignInRules.NameLength] : userName;
}
