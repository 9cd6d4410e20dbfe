namespace Earmark.Storage.Book;

/// <summary>People, API keys and what they did.</summary>
public interface IIdentity
{
    Task<bool> AddUserAsync(UserRow user, CancellationToken cancel);
    Task<UserRow?> UserAsync(string userName, CancellationToken cancel);
    Task<IReadOnlyList<UserRow>> UsersAsync(string institutionId, CancellationToken cancel);

    /// <summary>
    /// Counts a try as failed, before its password is looked at, and answers until when the name is locked; null when it is
    /// not (<see cref="SignInRules.FailuresAllowed"/> tries get null, the next is locked).
    /// </summary>
    Task<DateTimeOffset?> FailedSignInAsync(string userName, DateTimeOffset at, CancellationToken cancel);
    Task SucceededSignInAsync(string userName, DateTimeOffset at, CancellationToken cancel);

    Task AddApiKeyAsync(ApiKeyRow key, CancellationToken cancel);

    /// <summary>By SHA-256 of the key; null when there is none or it was revoked.</summary>
    Task<ApiKeyRow?> ApiKeyAsync(byte[] keyHash, CancellationToken cancel);

    Task AuditAsync(AuditRow entry, CancellationToken cancel);
    Task<IReadOnlyList<AuditRow>> AuditTrailAsync(string institutionId, string? subject, int offset, int count, CancellationToken cancel);

    /// <summary>ASP.NET data-protection keys, so that a restart keeps sign-ins and open forms.</summary>
    Task<IReadOnlyList<string>> ProtectionKeysAsync(CancellationToken cancel);
    Task AddProtectionKeyAsync(string name, string xml, CancellationToken cancel);
}

/// <param name="Role">bank-officer, bank-approver, ranch-operator, warehouse-operator, fleet-operator, borrower, admin.</param>
/// <param name="SiteIds">Space-separated sites an operator may see; empty for bank roles.</param>
/// <param name="BorrowerId">The party a borrower signs in as.</param>
public sealed record UserRow(string UserName, string InstitutionId, string Role, string DisplayName, string PasswordHash, string SiteIds, string? BorrowerId);

public sealed record ApiKeyRow(byte[] KeyHash, string InstitutionId, string Role, string Name, string SiteIds, string? BorrowerId);

public sealed record AuditRow(string InstitutionId, DateTimeOffset At, string By, string What, string Subject, string Detail);
