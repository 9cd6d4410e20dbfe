using Earmark.Contracts.Lending;
using Earmark.Storage.Book;

namespace Earmark.Silo.Lending;

/// <summary>The newest view of each facility of one institution. What it has not been sent since it was activated it asks for.</summary>
public sealed class PortfolioGrain(ILendingBook lending) : Grain, IPortfolioGrain
{
    private const int AskedAtOnce = 16;

    private readonly Dictionary<string, FacilityView> views = new(StringComparer.Ordinal);
    private bool isComplete;

    public ValueTask Update(FacilityView view)
    {
        Keep(view);
        return ValueTask.CompletedTask;
    }

    public async ValueTask<FacilityView[]> Views()
    {
        if (!isComplete)
        {
            await AskForTheRest();
        }

        return [.. views.Values.OrderBy(view => view.FacilityId, StringComparer.Ordinal)];
    }

    private async Task AskForTheRest()
    {
        var facilities = await lending.FacilitiesAsync(this.GetPrimaryKeyString(), CancellationToken.None);
        foreach (var chunk in facilities.Where(row => !views.ContainsKey(row.FacilityId)).Chunk(AskedAtOnce))
        {
            var asked = await Task.WhenAll(chunk.Select(row => GrainFactory.GetGrain<IFacilityGrain>(row.FacilityId).View().AsTask()));
            foreach (var view in asked.OfType<FacilityView>())
            {
                Keep(view);
            }
        }

        // Facilities opened from now on send their own first view.
        isComplete = true;
    }

    // Views of one facility may overtake each other: an older version, or the same at an earlier moment, changes nothing.
    private void Keep(FacilityView view)
    {
        if (!views.TryGetValue(view.FacilityId, out var held) || (view.Version, view.AsOf).CompareTo((held.Version, held.AsOf)) >= 0)
        {
            views[view.FacilityId] = view;
        }
    }
}
