using Earmark.Contracts.Time;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Localization;

namespace Earmark.Portal.Layout;

/// <summary>What every page and part has at hand: the words, the request, and the domain's clock.</summary>
public abstract class PortalPart : StaticPart
{
    [Inject]
    protected IStringLocalizer<Words.Words> L { get; set; } = null!;

    [Inject]
    protected DomainClock Clock { get; set; } = null!;

    [CascadingParameter]
    protected HttpContext Http { get; set; } = null!;

    protected CancellationToken Cancel => Http.RequestAborted;

    protected DateTimeOffset Now => Clock.GetUtcNow();

    /// <summary>Class and grade of goods, in words where they are common ones.</summary>
    protected string Goods(string priceClass, string grade) => $"{Word("class", priceClass)} {Word("grade", grade)}".TrimEnd();

    /// <summary>The word of a code such as <c>state.missing</c>; a code nobody gave a word for stands for itself.</summary>
    protected string Word(string family, string code) => L[family + "." + code] is { ResourceNotFound: false } word ? word : code;
}
