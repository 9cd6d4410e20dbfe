using System.Text.Json;

namespace Earmark.Portal.Api.Requests;

/// <summary>JSON that the Book keeps as text, handed on as JSON. What is not JSON is handed on as a string rather than hidden.</summary>
internal static class KeptJson
{
    public static JsonElement? Read(string? kept)
    {
        if (string.IsNullOrEmpty(kept))
        {
            return null;
        }

        try
        {
            using var document = JsonDocument.Parse(kept);
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            return JsonSerializer.SerializeToElement(kept);
        }
    }
}
