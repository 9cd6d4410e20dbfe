using System.Globalization;
using System.Text;
using System.Text.Json;
using Earmark.Silo.Lending.Calls;
using Earmark.Storage.Book;

namespace Earmark.Silo.Lending.Outbox;

/// <summary>A notice as an e-mail: RFC 5322 headers, RFC 2047 subject, body in base64 UTF-8, Chinese first, then English.</summary>
internal static class MailMessage
{
    private const int Base64LineLength = 76;

    /// <summary>Characters of a subject in one encoded word: at most 3 bytes each, base64 stays within RFC 2047's 75.</summary>
    private const int EncodedWordCharacters = 14;

    public static string Write(OutboxRow happened, MailOptions options)
    {
        var notice = JsonSerializer.Deserialize<MarginCallNotice>(happened.Body, JsonSerializerOptions.Web)!;
        var (chinese, english) = Title(happened.Kind);
        var body = $"{Chinese(notice, chinese)}\n\n{English(notice, english)}\n\n{happened.EventId}\n".ReplaceLineEndings("\r\n");
        return string.Join("\r\n",
            $"From: <{options.From}>",
            $"To: <{options.To}>",
            $"Date: {happened.At.ToString("ddd, dd MMM yyyy HH:mm:ss '+0000'", CultureInfo.InvariantCulture)}",
            $"Message-ID: <{happened.EventId.Replace('/', '.')}@earmark.local>",
            $"Subject: {EncodedWords($"{chinese} {notice.FacilityId} · {english}")}",
            "Auto-Submitted: auto-generated",
            "MIME-Version: 1.0",
            "Content-Type: text/plain; charset=utf-8",
            "Content-Transfer-Encoding: base64",
            "",
            Lines(Convert.ToBase64String(Encoding.UTF8.GetBytes(body))),
            "");
    }

    private static (string Chinese, string English) Title(string kind) => kind switch
    {
        CallEvents.Opened => ("补仓通知", "Margin call"),
        CallEvents.Cured => ("补仓解除", "Margin call cured"),
        CallEvents.Withdrawn => ("补仓通知撤回", "Margin call withdrawn"),
        _ => ("通知", kind),
    };

    private static string Chinese(MarginCallNotice notice, string title) =>
        $"""
        {title}
        授信额度: {notice.FacilityId} ({notice.BorrowerName})
        开立时债务: {Yuan(notice.Debt)} 元, 合格价值: {Yuan(notice.EligibleValue)} 元, 质押率: {Percent(notice.Ltv)}
        应补金额: {Yuan(notice.Shortfall)} 元, 最迟 {Local(notice.CureBy)}
        原因:
        {Reasons(notice)}
        """;

    private static string English(MarginCallNotice notice, string title) =>
        $"""
        {title}
        Facility: {notice.FacilityId} ({notice.BorrowerName})
        At the opening: debt {Yuan(notice.Debt)} CNY, eligible value {Yuan(notice.EligibleValue)} CNY, LTV {Percent(notice.Ltv)}
        Shortfall: {Yuan(notice.Shortfall)} CNY, to be cured by {Local(notice.CureBy)}
        Reasons:
        {Reasons(notice)}
        """;

    private static string Reasons(MarginCallNotice notice) => string.Join('\n', notice.Reasons.Select(reason =>
        $"- {reason.Reason}: {reason.Count} ({reason.Detail}){(reason.AssetIds.Length == 0 ? "" : "\n  " + string.Join(' ', reason.AssetIds))}"));

    private static string Yuan(decimal yuan) => yuan.ToString("#,##0.00", CultureInfo.InvariantCulture);

    private static string Percent(decimal? ltv) => ltv is { } value ? (value * 100).ToString("0.00", CultureInfo.InvariantCulture) + " %" : "—";

    private static string Local(DateTimeOffset at) => at.ToOffset(BusinessDays.Offset).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture) + " (Asia/Shanghai)";

    private static string EncodedWords(string text) => string.Join("\r\n ", text.Chunk(EncodedWordCharacters)
        .Select(word => $"=?UTF-8?B?{Convert.ToBase64String(Encoding.UTF8.GetBytes(word))}?="));

    private static string Lines(string base64) => string.Join("\r\n", base64.Chunk(Base64LineLength).Select(line => new string(line)));
}
