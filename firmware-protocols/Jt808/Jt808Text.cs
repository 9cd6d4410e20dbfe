namespace Earmark.FirmwareProtocols.Jt808;

/// <summary>Text of the wire, GBK, kept as the bytes it came in: padding and bytes that are no GBK survive.</summary>
public sealed record Jt808Text(ReadOnlyMemory<byte> Bytes)
{
    private const string Padding = "\0 ";
    private static readonly System.Text.Encoding Gbk = System.Text.CodePagesEncodingProvider.Instance.GetEncoding(936)!;

    public static Jt808Text Of(string text) => new(Gbk.GetBytes(text));

    /// <summary>Padded with zeros behind, in 2019 in front.</summary>
    /// <exception cref="ArgumentException">Longer than the field.</exception>
    public static Jt808Text Of(string text, int length, bool is2019)
    {
        byte[] bytes = Gbk.GetBytes(text);
        if (bytes.Length > length)
        {
            throw new ArgumentException($"'{text}' has more than {length} bytes.", nameof(text));
        }
        byte[] field = new byte[length];
        bytes.CopyTo(field, is2019 ? length - bytes.Length : 0);
        return new Jt808Text(field);
    }

    public bool Equals(Jt808Text? other) => other is not null && Bytes.Span.SequenceEqual(other.Bytes.Span);

    public override int GetHashCode() => Bytes.Length;

    public override string ToString() => Gbk.GetString(Bytes.Span).Trim(Padding.ToCharArray());
}
