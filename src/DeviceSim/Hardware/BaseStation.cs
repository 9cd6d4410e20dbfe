using Earmark.DeviceSim.World;
using Earmark.DeviceSim.World.Cattle;
using Earmark.FirmwareProtocols.BaseStation;
using Earmark.FirmwareProtocols.EarTag;

namespace Earmark.DeviceSim.Hardware;

/// <summary>Takes an inventory round a minute and sends it, in as many frames as the tags heard need.</summary>
public sealed class BaseStation(SimulatedDevice identity, SimulatedWorld world, IFrameSink sink, Ranch ranch, int station)
    : Device(identity, world, sink)
{
    private readonly List<HeardTag> _heard = [];
    private readonly TagObservation[] _observations = new TagObservation[BaseStationCodec.MaxObservations];
    private readonly byte[] _payload = new byte[BaseStationCodec.MaxPayloadLength];
    private readonly Dictionary<string, TagNumber> _numbers = [];
    private uint _round;

    protected override void Work() => Every(TimeSpan.FromSeconds(WorldDefaults.RoundSeconds), TakeRound);

    protected override void OnPowerUp() => _round = 0;

    private void TakeRound(DateTimeOffset at)
    {
        ranch.Listen(station, at, _heard);
        _round++;
        int sent = 0;
        // A round without a tag still says that the station works.
        do
        {
            int count = Math.Min(_observations.Length, _heard.Count - sent);
            for (int i = 0; i < count; i++)
            {
                _observations[i] = Observe(_heard[sent + i]);
            }

            int length = BaseStationCodec.Write(_round, WorldDefaults.RoundSeconds, _observations.AsSpan(0, count), _payload);
            Send(at, _payload.AsSpan(0, length));
            sent += count;
        }
        while (sent < _heard.Count);
    }

    private TagObservation Observe(in HeardTag heard) => new(Number(heard.TagId), new TagReading(
        (sbyte)Math.Clamp(Math.Round(heard.SignalDbm), -120, -20),
        heard.LoopOpen ? TagFlags.Removed : TagFlags.None,
        (byte)Math.Round(heard.BatteryShare * TagReading.MaxBatteryFifteenths),
        (ushort)Math.Min(heard.Movements, ushort.MaxValue),
        (ushort)Math.Clamp(heard.StillMinutes, 0, ushort.MaxValue),
        (short)Math.Clamp(
            Math.Round(heard.Celsius * 100), TagReadingCodec.MinTemperatureCentiCelsius, TagReadingCodec.MaxTemperatureCentiCelsius)));

    private TagNumber Number(string tagId)
    {
        if (!_numbers.TryGetValue(tagId, out TagNumber number))
        {
            number = TagNumber.TryParse(tagId, out TagNumber parsed)
                ? parsed
                : throw new InvalidOperationException($"'{tagId}' is no tag number; the devices file should have been refused.");
            _numbers.Add(tagId, number);
        }

        return number;
    }
}
