using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Localization;

namespace Earmark.Portal.Words;

/// <summary>zh-CN first, en beside it. Chosen by <c>?culture=</c>, then the cookie, then Accept-Language.</summary>
public static class Languages
{
    public const string Default = "zh-CN";
    public static readonly string[] All = [Default, "en"];
    private const string CookieName = "earmark-language";

    public static void UseLanguages(this IApplicationBuilder app)
    {
        var options = new RequestLocalizationOptions().SetDefaultCulture(Default).AddSupportedCultures(All).AddSupportedUICultures(All);
        foreach (var provider in options.RequestCultureProviders.OfType<CookieRequestCultureProvider>())
        {
            provider.CookieName = CookieName;
        }

        app.UseRequestLocalization(options);
        app.Use((context, next) =>
        {
            // A link with ?culture= is the language switch: remember it.
            if (context.Request.Query["culture"].ToString() is { Length: > 0 } asked && All.Contains(asked))
            {
                context.Response.Cookies.Append(
                    CookieName,
                    CookieRequestCultureProvider.MakeCookieValue(new RequestCulture(asked)),
                    new CookieOptions { MaxAge = TimeSpan.FromDays(365), HttpOnly = true, SameSite = SameSiteMode.Lax, IsEssential = true });
            }

            return next(context);
        });
    }

    /// <summary>The same page in another language, as a plain link.</summary>
    public static string LinkTo(string language, HttpRequest request)
    {
        var query = request.Query.Where(pair => pair.Key is not ("culture" or "ui-culture"))
            .SelectMany(pair => pair.Value, (pair, value) => KeyValuePair.Create(pair.Key, value))
            .Append(KeyValuePair.Create("culture", (string?)language));
        return request.Path + QueryString.Create(query);
    }

    public static string NameOf(string language) => language == "en" ? "English" : "中文";

    public static string Current => CultureInfo.CurrentUICulture.Name == "en" ? "en" : Default;
}
