using System.Data.Common;

namespace Earmark.Storage.Book;

public sealed partial class Register
{
    public Task<string?> AnswerAsync(string scope, string id, byte[] bodyHash, CancellationToken cancel) => book.ReadAsync(
        async session => (await Kept(session, scope, id, bodyHash))?.Answer,
        cancel);

    /// <exception cref="RepeatedIdException">An answer to another body is kept under this id.</exception>
    public Task KeepAnswerAsync(string scope, string id, byte[] bodyHash, string answer, DateTimeOffset at, CancellationToken cancel) => book.WriteAsync(
        async session =>
        {
            await session.ExecuteAsync(
                "INSERT INTO answer (scope, id, body_hash, answer, at) VALUES (@scope, @id, @hash, @answer, @at) ON CONFLICT DO NOTHING",
                ("@scope", scope),
                ("@id", id),
                ("@hash", bodyHash),
                ("@answer", answer),
                ("@at", at));
            await Kept(session, scope, id, bodyHash);
        },
        cancel);

    private static async Task<KeptAnswer?> Kept(BookSession session, string scope, string id, byte[] bodyHash)
    {
        var kept = await session.FirstAsync(
            "SELECT body_hash, answer FROM answer WHERE scope = @scope AND id = @id",
            (DbDataReader row) => new KeptAnswer(row.Bytes(0), row.Text(1)),
            ("@scope", scope),
            ("@id", id));
        return kept is null || kept.BodyHash.AsSpan().SequenceEqual(bodyHash)
            ? kept
            : throw new RepeatedIdException($"{scope} {id} was answered for another body.");
    }

    private sealed record KeptAnswer(byte[] BodyHash, string Answer);
}
