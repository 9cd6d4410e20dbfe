using Earmark.DeviceSim.World;
using Earmark.DeviceSim.World.Cattle;

namespace Earmark.DeviceSim.Scripts;

/// <summary>Acts on animals: whom they meet is drawn by the world's seed and the act's number, unless tags are named.</summary>
internal sealed class CattleActs(SimulatedWorld world)
{
    private static readonly TimeSpan DefaultIllness = TimeSpan.FromDays(5);

    public IReadOnlyList<Ranch> Ranches(ScenarioAct act) =>
        world.Ranches.FindAll(ranch => act.Site is null || ranch.Site == act.Site);

    public void Happen(ScenarioAct act, DateTimeOffset at, long number)
    {
        if (act.Do == "birth")
        {
            Ranch ranch = Ranches(act)[0];
            for (int i = 0; i < act.Count; i++)
            {
                ranch.Bear(at, i == 0 ? act.Tag : null, act.Pen);
            }

            return;
        }

        foreach ((Ranch ranch, Animal animal) in Chosen(act, number))
        {
            switch (act.Do)
            {
                case "die": ranch.Die(animal, at, "script"); break;
                case "steal": ranch.Steal(animal, at, act.CutTags); break;
                case "lose-tag": ranch.LoseTag(animal, at); break;
                default: ranch.FallIll(animal, at, act.Duration ?? DefaultIllness, act.Severity); break;
            }
        }
    }

    /// <summary>Those named, or as many as asked for (all, when there are fewer) of the living that wear a tag.</summary>
    private List<(Ranch Ranch, Animal Animal)> Chosen(ScenarioAct act, long number)
    {
        HashSet<string> tags = [.. act.Tags];
        var candidates = new List<(Ranch Ranch, Animal Animal)>();
        foreach (Ranch ranch in Ranches(act))
        {
            candidates.AddRange(ranch.Animals
                .Where(animal => animal.Alive && animal.TagInEar)
                .Where(animal => act.Pen is null || animal.Pen == act.Pen)
                .Where(animal => tags.Count == 0 || tags.Contains(animal.TagId!))
                .Select(animal => (ranch, animal)));
        }

        return [.. candidates.OrderBy(candidate => candidate.Animal.Draws.Bits(Draw.Choice, number)).Take(act.Count)];
    }
}
