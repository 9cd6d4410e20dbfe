namespace Earmark.Portal.Words;

/// <summary>
/// Marks the one resource set of the portal: <c>Words.zh-CN.resx</c> has every text by its English form;
/// <c>Words.resx</c> only what differs from its key (codes such as <c>state.dead-presumed</c>).
/// </summary>
public sealed class Words;
