using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Earmark.Silo.Sites.Snapshots;

/// <summary>The name a column's type has in a snapshot: of a struct the types of its fields in order, so that a changed row is noticed.</summary>
internal static class ColumnTypes
{
    public static string Of<T>()
        where T : unmanaged => Cache<T>.Name;

    public static string Opaque<T>()
        where T : unmanaged => typeof(T).Name + ":" + Unsafe.SizeOf<T>();

    private static string Name(Type type)
    {
        if (type.IsPrimitive)
        {
            return Short(type);
        }

        var fields = type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic).OrderBy(field => field.MetadataToken);
        return string.Join('+', fields.Select(field => Short(field.FieldType)));
    }

    private static string Short(Type type) => Type.GetTypeCode(type) switch
    {
        TypeCode.Byte => "u8",
        TypeCode.SByte => "i8",
        TypeCode.UInt16 => "u16",
        TypeCode.Int16 => "i16",
        TypeCode.UInt32 => "u32",
        TypeCode.Int32 => "i32",
        TypeCode.UInt64 => "u64",
        TypeCode.Int64 => "i64",
        _ => throw new InvalidOperationException($"{type} does not belong in a column"),
    };

    private static class Cache<T>
        where T : unmanaged
    {
        public static readonly string Name = ColumnTypes.Name(typeof(T)) + ":" + Unsafe.SizeOf<T>();
    }
}

/// <summary>How the JSON columns are written: camel case, nothing left out, order of declaration.</summary>
internal static class SnapshotJson
{
    public static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web) { RespectRequiredConstructorParameters = true };
}
