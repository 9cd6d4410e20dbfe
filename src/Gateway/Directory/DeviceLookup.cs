namespace Earmark.Gateway.Directory;

/// <param name="Device">Null when no such device is registered, or when nobody knows.</param>
/// <param name="IsAway">The register did not answer and nothing recent is remembered.</param>
public readonly record struct DeviceLookup(KnownDevice? Device, bool IsAway);
