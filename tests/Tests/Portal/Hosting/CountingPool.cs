using System.Buffers;

namespace Earmark.Tests.Portal.Hosting;

/// <summary>A memory pool that knows how much was out at most.</summary>
public sealed class CountingPool : MemoryPool<byte>
{
    private long rented;

    public long MostRented { get; private set; }

    public override int MaxBufferSize => Shared.MaxBufferSize;

    public override IMemoryOwner<byte> Rent(int minBufferSize = -1)
    {
        var owner = new Owner(this, Shared.Rent(minBufferSize));
        lock (this)
        {
            rented += owner.Memory.Length;
            MostRented = Math.Max(MostRented, rented);
        }

        return owner;
    }

    protected override void Dispose(bool disposing)
    {
    }

    private sealed class Owner(CountingPool pool, IMemoryOwner<byte> inner) : IMemoryOwner<byte>
    {
        public Memory<byte> Memory => inner.Memory;

        public void Dispose()
        {
            lock (pool)
            {
                pool.rented -= Memory.Length;
            }

            inner.Dispose();
        }
    }
}
