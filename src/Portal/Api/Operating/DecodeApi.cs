using System.Text;
using System.Text.Json;
using Earmark.FirmwareProtocols;
using Earmark.FirmwareProtocols.Decoding;
using Earmark.FirmwareProtocols.Envelope;
using Earmark.FirmwareProtocols.Wire;
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
        var reason = "";
        var item = request.Text is { } text ? Encoding.UTF8.GetBytes(text) : [];
        if (request.Hex is { } hex && !Hex.TryParse(hex, out item, out reason))
        {
            return Problems.Invalid(reason, "$.hex");
        }

        if (Protocols.TryGet(request.Protocol, out var protocol))
        {
            return Line(protocol.Decode(item, ProtocolSettings.Default with { Lenient = request.Lenient }));
        }

        using var key = request.KeyHex is null ? null : new FrameKey(Convert.FromHexString(request.KeyHex));
        return Line(NativeDecoder.Decode(item, key));
    }

    private static Ok<JsonElement> Line(string line) => TypedResults.Ok(KeptJson.Read(line)!.Value);
}

/// <param name="Hex">The frame; blanks, colons and hyphens between digits are passed over. This or the text.</param>
/// <param name="Protocol">native, or one of the public ones as <c>earmark decode</c> names them.</param>
/// <param name="KeyHex">The device's frame key, 64 hex digits, native only; without it the MAC is reported unchecked.</param>
/// <param name="Text">The line of a text protocol.</param>
/// <param name="Lenient">Overlooks a wrong or missing checksum and a wrong length, and says so.</param>
public sealed record DecodeRequest(string? Hex = null, string Protocol = "native", string? KeyHex = null, string? Text = null, bool Lenient = false) : IChecked
{
    private static readonly string[] Known = [.. Protocols.All.Select(protocol => protocol.Name).Prepend("native")];

    public Complaint? Check() => Rule.First(
        Rule.OneOf(Protocol, "protocol", Known),
        Hex is null == Text is null ? new Complaint("hex", "Give hex or text, one of them.") : null,
        Hex?.Length > PortalLimits.HexCharacters ? new Complaint("hex", $"It is longer than {PortalLimits.HexCharacters} characters.") : null,
        Text?.Length > PortalLimits.HexCharacters ? new Complaint("text", $"It is longer than {PortalLimits.HexCharacters} characters.") : null,
        KeyHex is null || (KeyHex.Length == 2 * FrameKey.Length && KeyHex.All(char.IsAsciiHexDigit))
            ? null
            : new Complaint("keyHex", $"It is not {2 * FrameKey.Length} hex digits."));
}
