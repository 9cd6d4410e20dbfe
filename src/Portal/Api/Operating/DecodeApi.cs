using System.Text.Json;
using Earmark.FirmwareProtocols;
using Earmark.FirmwareProtocols.Decoding;
using Earmark.FirmwareProtocols.Envelope;
using Earmark.Portal.Api.Requests;
using Earmark.Portal.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Earmark.Portal.Api.Operating;

/// <summary>What a frame says, as <c>earmark decode</c> prints it.</summary>
internal static class DecodeApi
{
    public static void MapDecode(this IEndpointRouteBuilder api) => api.MapPost("/decode", Decode).WithTags("devices").WithMetadata(new NotAChange())
        .WithSummary("Decodes a frame, or gives the exact reason of its refusal");

    private static Results<Ok<JsonElement>, ProblemHttpResult> Decode(DecodeRequest request)
    {
        if (!Hex.TryParse(request.Hex, out var frame, out var reason))
        {
            return Problems.Invalid(reason, "$.hex");
        }

        using var key = request.KeyHex is null ? null : new FrameKey(Convert.FromHexString(request.KeyHex));
        return TypedResults.Ok(KeptJson.Read(NativeDecoder.Decode(frame, key))!.Value);
    }
}

/// <param name="Protocol">native.</param>
/// <param name="Hex">The frame; blanks, colons and hyphens between digits are passed over.</param>
/// <param name="KeyHex">The device's frame key, 64 hex digits; without it the MAC is reported unchecked.</param>
public sealed record DecodeRequest(string Hex, string Protocol = "native", string? KeyHex = null) : IChecked
{
    public Complaint? Check() => Rule.First(
        Rule.OneOf(Protocol, "protocol", "native"),
        Hex.Length > PortalLimits.HexCharacters ? new Complaint("hex", $"It is longer than {PortalLimits.HexCharacters} characters.") : null,
        KeyHex is null || (KeyHex.Length == 2 * FrameKey.Length && KeyHex.All(char.IsAsciiHexDigit))
            ? null
            : new Complaint("keyHex", $"It is not {2 * FrameKey.Length} hex digits."));
}
