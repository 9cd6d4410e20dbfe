using Earmark.FirmwareProtocols.EarTag;

namespace Earmark.FirmwareProtocols.BaseStation;

/// <summary>One ear tag heard in a round: 16 bytes.</summary>
public readonly record struct TagObservation(TagNumber Tag, TagReading Reading);
