using System.Buffers;
using Earmark.FirmwareProtocols;
using Earmark.FirmwareProtocols.Wire;
using Xunit;

namespace Earmark.Tests.FirmwareProtocols.Wire;

/// <summary>The frames come from makers' manuals, public tests and a program in another language than the codecs they test.</summary>
public sealed class ProtocolVectorTests
{
    public static TheoryData<ProtocolVector> Good => [.. ProtocolVector.All.Where(vector => vector.Line is not null)];

    public static TheoryData<ProtocolVector> Bad => [.. ProtocolVector.All.Where(vector => vector.Line is null)];

    [Theory, MemberData(nameof(Good), DisableDiscoveryEnumeration = true)]
    public void A_good_frame_decodes_to_its_line_and_is_written_again_as_it_was(ProtocolVector vector)
    {
        Assert.Equal(vector.Line, vector.Codec.Decode(vector.Item, vector.Settings));
        ArrayBufferWriter<byte> written = new();
        Assert.True(vector.Codec.TryRewrite(vector.Item, vector.Settings, written));
        Assert.Equal(Hex.Format(vector.Rewritten), Hex.Format(written.WrittenSpan));
    }

    [Theory, MemberData(nameof(Bad), DisableDiscoveryEnumeration = true)]
    public void A_bad_frame_is_refused_with_its_reason_and_offset(ProtocolVector vector)
    {
        Assert.Equal($$"""{"ok":false,"reason":"{{vector.Reason}}","offset":{{vector.Offset}}}""", vector.Codec.Decode(vector.Item, vector.Settings));
        Assert.False(vector.Codec.TryRewrite(vector.Item, vector.Settings, new ArrayBufferWriter<byte>()));
    }

    [Fact]
    public void Every_protocol_has_good_and_bad_vectors() => Assert.All(Protocols.All, protocol =>
    {
        ProtocolVector[] own = [.. ProtocolVector.All.Where(vector => vector.Protocol == protocol.Name)];
        Assert.True(own.Any(vector => vector.Line is not null) && own.Any(vector => vector.Line is null), protocol.Name);
    });

    [Fact]
    public void Every_refusal_is_named_in_the_specification_of_its_folder() => Assert.All(
        ProtocolVector.All.Where(vector => vector.Reason is not null),
        vector => Assert.Matches($@"\b{vector.Reason}\b", Specification(vector.Folder)));

    [Fact]
    public void Every_specification_names_its_protocols() => Assert.All(
        ProtocolVector.All.Select(vector => (vector.Folder, vector.Protocol)).Distinct(),
        pair => Assert.Contains($"`{pair.Protocol}`", Specification(pair.Folder), StringComparison.Ordinal));

    private static string Specification(string folder)
    {
        using StreamReader reader = new(typeof(ProtocolVectorTests).Assembly.GetManifestResourceStream($"spec/{folder}/")!);
        return reader.ReadToEnd();
    }
}
