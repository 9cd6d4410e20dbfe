using Earmark.Silo.Sites;
using Earmark.Silo.Sites.Commands;

namespace Earmark.Silo.Cattle;

/// <summary>The herd as pledges, cover, movements and removals see it.</summary>
internal sealed class HerdColumns(SiteCore core, Herd herd) : IAssetColumns
{
    public bool TryFind(string assetId, out int slot) => herd.Ids.TryFind(assetId, out slot);

    public bool IsGone(int slot) => herd.Animals[slot].Removed;

    public ushort FacilityOf(int slot) => herd.Animals[slot].Facility;

    public void Pledge(int slot, ushort facility, bool registered, long position)
    {
        ref var animal = ref herd.Animals[slot];
        animal.Facility = facility;
        animal.Set(AnimalMarks.Registered, registered);
        animal.Position = (uint)position;
    }

    public void Insure(int slot, uint until, long position)
    {
        herd.Animals[slot].InsuredUntil = until;
        herd.Animals[slot].Position = (uint)position;
    }

    public void Quarantine(int slot, bool quarantined, long position)
    {
        herd.Animals[slot].Set(AnimalMarks.Quarantined, quarantined);
        herd.Animals[slot].Position = (uint)position;
    }

    public void Move(int slot, ushort zone, long position)
    {
        herd.Animals[slot].Zone = zone;
        herd.Animals[slot].Position = (uint)position;
    }

    public void Remove(int slot, Departure because, long position)
    {
        ref var animal = ref herd.Animals[slot];
        if (animal.Removed)
        {
            return;
        }

        animal.RemovedBecause = (byte)because;
        animal.Position = (uint)position;
        herd.Bind(slot, 0);
        herd.Present--;
        core.Transitions.Drop(herd.Ids[slot]);
    }
}
