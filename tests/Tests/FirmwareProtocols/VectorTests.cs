using Earmark.FirmwareProtocols;
using Earmark.FirmwareProtocols.Decoding;
using Earmark.FirmwareProtocols.Encoding;
using Earmark.FirmwareProtocols.Envelope;
using Xunit;

namespace Earmark.Tests.FirmwareProtocols;

/// <summary>The vectors were made by another program in another language than the codecs they test.</summary>
public sealed class VectorTests
{
    public static TheoryData<Vector> Good => [.. Vector.All.Where(vector => vector.Line is not null)];

    public static TheoryData<Vector> Bad => [.. Vector.All.Where(vector => vector.Line is null)];

    [Theory, MemberData(nameof(Good), DisableDiscoveryEnumeration = true)]
    public void A_good_frame_decodes_to_its_line_and_the_line_encodes_to_the_frame(Vector vector)
    {
        (byte[] frame, byte[] key) = (Bytes(vector.Hex), Bytes(vector.KeyHex));
        using FrameKey frameKey = new(key);

        Assert.Equal(vector.Line, NativeDecoder.Decode(frame, frameKey));
        Assert.Equal(vector.Line!.Replace("\"verified\"", "\"unchecked\"", StringComparison.Ordinal), NativeDecoder.Decode(frame, null));
        Assert.True(NativeEncoder.TryEncode(vector.Line, key, frame[5], out byte[] encoded, out string reason), reason);
        Assert.Equal(vector.Hex, Hex.Format(encoded));
    }

    [Theory, MemberData(nameof(Bad), DisableDiscoveryEnumeration = true)]
    public void A_bad_frame_is_refused_with_its_reason_and_offset(Vector vector)
    {
        using FrameKey key = new(Bytes(vector.KeyHex));
        string refused = $$"""{"ok":false,"reason":"{{vector.Reason}}","offset":{{vector.Offset}}}""";
        Assert.Equal(refused, NativeDecoder.Decode(Bytes(vector.Hex), key));
        Assert.False(NativeEncoder.TryEncode(refused, Keys.Bytes, 1, out _, out _));
    }

    [Fact]
    public void Every_kind_and_the_envelope_have_good_and_bad_vectors_and_every_payload_reason_is_shown_once()
    {
        Assert.Equal(["BaseStation", "EarTag", "Envelope", "GpsNode", "TmrFeeder", "WarehouseScale"], Vector.All.Select(v => v.Folder).Distinct().Order());
        Assert.All(Vector.All.GroupBy(v => v.Folder), folder => Assert.Contains(folder, v => v.Line is not null));
        string[] reasons = [.. typeof(RefusalReasons).GetFields().Select(field => (string)field.GetRawConstantValue()!)];
        Assert.Equal(["bad-status"], reasons.Except(Vector.All.Select(v => v.Reason)));
        Assert.Empty(Vector.All.Select(v => v.Reason).OfType<string>().Except(reasons));
    }

    [Fact]
    public void Every_refusal_is_explained_in_the_specification_of_its_folder()
    {
        string envelope = Specification("Envelope");
        foreach (IGrouping<string, Vector> folder in Vector.All.Where(vector => vector.Reason is not null).GroupBy(vector => vector.Folder))
        {
            string text = Specification(folder.Key);
            Assert.All(folder, vector => Assert.True(
                text.Contains($"`{vector.Reason}`", StringComparison.Ordinal)
                || (!vector.Reason!.StartsWith("bad-payload", StringComparison.Ordinal) && envelope.Contains($"`{vector.Reason}`", StringComparison.Ordinal)),
                vector.ToString()));
        }
        Assert.Contains("`bad-status`", Specification("Topics"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_wrong_key_is_a_bad_MAC()
    {
        Vector vector = Vector.All.First(v => v.Line is not null);
        using FrameKey other = new(new byte[FrameKey.Length]);
        byte[] frame = Bytes(vector.Hex);
        Assert.Equal($$"""{"ok":false,"reason":"bad-mac","offset":{{frame.Length - 16}}}""", NativeDecoder.Decode(frame, other));
    }

    private static string Specification(string folder)
    {
        using StreamReader reader = new(typeof(VectorTests).Assembly.GetManifestResourceStream($"spec/{folder}/")!);
        return reader.ReadToEnd();
    }

    private static byte[] Bytes(string hex) => Hex.TryParse(hex, out byte[] bytes, out string reason) ? bytes : throw new InvalidDataException(reason);
}
