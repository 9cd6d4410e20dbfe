using System.Data.Common;

namespace Earmark.Storage.Book;

/// <summary>People, keys and the audit trail in the Book; counting of sign-ins in the other part.</summary>
public sealed partial class Identity(BookDatabase book) : IIdentity
{
    private const string UserColumns = "user_name, institution_id, role, display_name, password_hash, site_ids, borrower_id";

    /// <summary>False when the name is taken.</summary>
    public Task<bool> AddUserAsync(UserRow user, CancellationToken cancel) => book.WriteAsync(
        async session => await session.ExecuteAsync(
            $"INSERT INTO person ({UserColumns}) VALUES (@name, @institution, @role, @display, @password, @sites, @borrower) ON CONFLICT DO NOTHING",
            ("@name", user.UserName),
            ("@institution", user.InstitutionId),
            ("@role", user.Role),
            ("@display", user.DisplayName),
            ("@password", user.PasswordHash),
            ("@sites", user.SiteIds),
            ("@borrower", user.BorrowerId)) > 0,
        cancel);

    public Task<UserRow?> UserAsync(string userName, CancellationToken cancel) => book.ReadAsync(
        session => session.FirstAsync($"SELECT {UserColumns} FROM person WHERE user_name = @name", ReadUser, ("@name", userName)),
        cancel);

    public Task<IReadOnlyList<UserRow>> UsersAsync(string institutionId, CancellationToken cancel) => book.ReadAsync<IReadOnlyList<UserRow>>(
        async session => await session.QueryAsync(
            $"SELECT {UserColumns} FROM person WHERE institution_id = @institution ORDER BY user_name LIMIT {BookLimits.PageRows}",
            ReadUser,
            ("@institution", institutionId)),
        cancel);

    /// <summary>The same key again changes nothing.</summary>
    public Task AddApiKeyAsync(ApiKeyRow key, CancellationToken cancel) => book.WriteAsync(
        session => session.ExecuteAsync(
            """
            INSERT INTO api_key (key_hash, institution_id, role, name, site_ids, borrower_id)
            VALUES (@hash, @institution, @role, @name, @sites, @borrower) ON CONFLICT DO NOTHING
            """,
            ("@hash", key.KeyHash),
            ("@institution", key.InstitutionId),
            ("@role", key.Role),
            ("@name", key.Name),
            ("@sites", key.SiteIds),
            ("@borrower", key.BorrowerId)),
        cancel);

    public Task<ApiKeyRow?> ApiKeyAsync(byte[] keyHash, CancellationToken cancel) => book.ReadAsync(
        session => session.FirstAsync(
            "SELECT key_hash, institution_id, role, name, site_ids, borrower_id FROM api_key WHERE key_hash = @hash AND revoked_at IS NULL",
            row => new ApiKeyRow(row.Bytes(0), row.Text(1), row.Text(2), row.Text(3), row.Text(4), row.TextOrNull(5)),
            ("@hash", keyHash)),
        cancel);

    public Task AuditAsync(AuditRow entry, CancellationToken cancel) => book.WriteAsync(
        session => session.ExecuteAsync(
            "INSERT INTO audit (institution_id, at, made_by, what, subject, detail) VALUES (@institution, @at, @by, @what, @subject, @detail)",
            ("@institution", entry.InstitutionId),
            ("@at", entry.At),
            ("@by", entry.By),
            ("@what", entry.What),
            ("@subject", entry.Subject),
            ("@detail", entry.Detail)),
        cancel);

    /// <summary>Newest first.</summary>
    public Task<IReadOnlyList<AuditRow>> AuditTrailAsync(
        string institutionId, string? subject, int offset, int count, CancellationToken cancel) => book.ReadAsync<IReadOnlyList<AuditRow>>(
        async session =>
        {
            List<(string, object?)> parameters = [("@institution", institutionId), ("@count", BookLimits.Page(count)), ("@offset", BookLimits.Offset(offset))];
            if (subject is not null)
            {
                parameters.Add(("@subject", subject));
            }

            return await session.QueryAsync(
                $"""
                SELECT institution_id, at, made_by, what, subject, detail FROM audit
                WHERE institution_id = @institution {(subject is null ? "" : "AND subject = @subject")}
                ORDER BY audit_id DESC LIMIT @count OFFSET @offset
                """,
                row => new AuditRow(row.Text(0), row.Time(1), row.Text(2), row.Text(3), row.Text(4), row.Text(5)),
                [.. parameters]);
        },
        cancel);

    public Task<IReadOnlyList<string>> ProtectionKeysAsync(CancellationToken cancel) => book.ReadAsync<IReadOnlyList<string>>(
        async session => await session.QueryAsync("SELECT xml FROM protection_key ORDER BY name", row => row.Text(0)),
        cancel);

    public Task AddProtectionKeyAsync(string name, string xml, CancellationToken cancel) => book.WriteAsync(
        session => session.ExecuteAsync("INSERT INTO protection_key (name, xml) VALUES (@name, @xml) ON CONFLICT DO NOTHING", ("@name", name), ("@xml", xml)),
        cancel);

    private static UserRow ReadUser(DbDataReader row) => new(
        row.Text(0), row.Text(1), row.Text(2), row.Text(3), row.Text(4), row.Text(5), row.TextOrNull(6));
}
