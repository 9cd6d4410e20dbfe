using Earmark.Storage.Book;

namespace Earmark.Tests.Portal.Hosting;

/// <summary>People and keys in memory; locks a name after five failures for five minutes.</summary>
public sealed class MemoryIdentity : IIdentity
{
    private const int FailuresAllowed = 5;
    private readonly Dictionary<string, UserRow> users = [];
    private readonly Dictionary<string, ApiKeyRow> keys = [];
    private readonly Dictionary<string, int> failures = [];
    private readonly List<string> protectionKeys = [];

    public List<AuditRow> Audit { get; } = [];

    public Task<bool> AddUserAsync(UserRow user, CancellationToken cancel) => Task.FromResult(users.TryAdd(user.UserName, user));

    public Task<UserRow?> UserAsync(string userName, CancellationToken cancel) => Task.FromResult(users.GetValueOrDefault(userName));

    public Task<IReadOnlyList<UserRow>> UsersAsync(string institutionId, CancellationToken cancel) =>
        Task.FromResult<IReadOnlyList<UserRow>>([.. users.Values.Where(user => user.InstitutionId == institutionId)]);

    public Task<DateTimeOffset?> FailedSignInAsync(string userName, DateTimeOffset at, CancellationToken cancel)
    {
        failures[userName] = failures.GetValueOrDefault(userName) + 1;
        return Task.FromResult<DateTimeOffset?>(failures[userName] > FailuresAllowed ? at.AddMinutes(5) : null);
    }

    public Task SucceededSignInAsync(string userName, DateTimeOffset at, CancellationToken cancel)
    {
        failures.Remove(userName);
        return Task.CompletedTask;
    }

    public Task AddApiKeyAsync(ApiKeyRow key, CancellationToken cancel)
    {
        keys[Convert.ToHexString(key.KeyHash)] = key;
        return Task.CompletedTask;
    }

    public Task<ApiKeyRow?> ApiKeyAsync(byte[] keyHash, CancellationToken cancel) =>
        Task.FromResult(keys.GetValueOrDefault(Convert.ToHexString(keyHash)));

    public Task AuditAsync(AuditRow entry, CancellationToken cancel)
    {
        Audit.Add(entry);
        return Task.CompletedTask;
    }

    public Task<IReadOnlyList<AuditRow>> AuditTrailAsync(string institutionId, string? subject, int offset, int count, CancellationToken cancel) =>
        Task.FromResult<IReadOnlyList<AuditRow>>(Audit);

    public Task<IReadOnlyList<string>> ProtectionKeysAsync(CancellationToken cancel) =>
        Task.FromResult<IReadOnlyList<string>>([.. protectionKeys]);

    public Task AddProtectionKeyAsync(string name, string xml, CancellationToken cancel)
    {
        protectionKeys.Add(xml);
        return Task.CompletedTask;
    }
}
