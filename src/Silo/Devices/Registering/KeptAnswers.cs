using System.Security.Cryptography;
using System.Text.Json;
using Earmark.Contracts.Time;
using Earmark.Storage.Book;

namespace Earmark.Silo.Devices.Registering;

/// <summary>
/// First results by the caller's id. Only results that stand are kept: a refusal may be tried again under the same id,
/// a different body under a used id is refused as <see cref="Repeated"/>.
/// </summary>
internal sealed class KeptAnswers(IRegister register, DomainClock clock, string scope)
{
    public const int MaximumIdLength = 100;
    public const string Repeated = "repeated-id";
    public const string BadId = "bad-id";

    /// <param name="act">Called only when no answer is kept.</param>
    /// <param name="toKeep">What is kept of an answer (its secrets taken out); null keeps nothing.</param>
    /// <param name="refuse">Makes a refusal of a reason and a sentence.</param>
    public async Task<T> Once<T>(string id, object body, Func<Task<T>> act, Func<T, T?> toKeep, Func<string, string, T> refuse)
        where T : class
    {
        if (string.IsNullOrWhiteSpace(id) || id.Length > MaximumIdLength)
        {
            return refuse(BadId, $"An id has 1 to {MaximumIdLength} characters.");
        }

        var hash = SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(body));
        try
        {
            if (await register.AnswerAsync(scope, id, hash, CancellationToken.None) is { } kept)
            {
                return JsonSerializer.Deserialize<T>(kept)!;
            }
        }
        catch (RepeatedIdException)
        {
            return refuse(Repeated, $"'{id}' was used before with another body.");
        }

        var answer = await act();
        if (toKeep(answer) is { } keep)
        {
            await register.KeepAnswerAsync(scope, id, hash, JsonSerializer.Serialize(keep), clock.GetUtcNow(), CancellationToken.None);
        }

        return answer;
    }
}
