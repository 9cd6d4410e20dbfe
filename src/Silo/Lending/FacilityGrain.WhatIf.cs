using Earmark.Contracts.Lending;
using Earmark.Contracts.Sites;
using Earmark.Silo.Lending.Cover;
using Earmark.Silo.Lending.Pledging;

namespace Earmark.Silo.Lending;

public sealed partial class FacilityGrain
{
    public async ValueTask<WhatIfAnswer?> WhatIf(WhatIfQuestion question)
    {
        if (book is null)
        {
            return null;
        }

        List<AssetLine> released = [];
        if (question.SiteId.Length > 0)
        {
            var site = await register.SiteAsync(question.SiteId, CancellationToken.None);
            var order = new ReleaseOrder("", "", question.SiteId, question.AssetIds);
            if (site is null || !await Releases.AreAllPledged(lending, Id, order))
            {
                return WhatIfs.None("not-pledged", $"Not every asset is pledged here at {question.SiteId}.", clock.GetUtcNow());
            }

            released = await Ask(Site(site), question.AssetIds);
        }

        var now = clock.GetUtcNow();
        Revalue(now);
        return WhatIfs.Answer(book, watch, step!, question, released, now);
    }
}
