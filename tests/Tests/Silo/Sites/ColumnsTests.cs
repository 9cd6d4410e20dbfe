using CsCheck;
using Earmark.Silo.Cattle;
using Earmark.Silo.Sites;
using Earmark.Silo.Sites.Commands;
using Earmark.Silo.Sites.Snapshots;
using Xunit;

namespace Earmark.Tests.Silo.Sites;

public sealed class ColumnsTests
{
    [Fact]
    public void Columns_are_read_back_by_name_and_type()
    {
        var columns = new ColumnWriter();
        columns.Rows<long>("positions", [1, -2]);
        columns.Json("names", new[] { "a", "b" }, 2);
        var read = new ColumnReader(columns.Written.ToArray());
        Assert.Equal([1, -2], read.Rows<long>("positions").ToArray());
        Assert.Equal(["a", "b"], read.Json<string[]>("names"));
        Assert.Throws<InvalidDataException>(() => read.Rows<int>("positions"));
        Assert.Throws<InvalidDataException>(() => read.Json<string[]>("surnames"));
    }

    [Fact]
    public void Bytes_that_are_no_snapshot_or_are_cut_short_are_an_error()
    {
        var columns = new ColumnWriter();
        columns.Rows<long>("positions", [1, 2, 3]);
        var whole = columns.Written.ToArray();
        Assert.Throws<InvalidDataException>(() => new ColumnReader(new byte[8]));
        for (var length = 5; length < whole.Length; length++)
        {
            Assert.Throws<InvalidDataException>(() => new ColumnReader(whole.AsMemory(0, length)));
        }
    }

    [Fact]
    public void The_type_of_a_row_names_its_fields_so_a_changed_row_is_noticed()
    {
        Assert.Equal("u64+i32+u32+u32+u32+u32+u16+u16+u16+u16+u8+u8+u8+u8:40", ColumnTypes.Of<AnimalRow>());
        Assert.Equal("u32+u32+u32+u16+u16+i16+i16+u16+u16+u16+i8+u8+u8+u8+u8+u8:32", ColumnTypes.Of<HeardRow>());
    }

    [Fact]
    public void Packed_names_are_a_dictionary_of_slots() =>
        Gen.String[Gen.Char["abcdefghijklmnopqrstuvwxyz0123456789-"], 1, 40].List[0, 300].Sample(names =>
        {
            var packed = new PackedNames();
            var slots = new Dictionary<string, int>();
            foreach (var name in names)
            {
                Assert.Equal(slots.ContainsKey(name), packed.TryFind(name, out var slot));
                if (slots.TryGetValue(name, out var known))
                {
                    Assert.Equal(known, slot);
                }
                else
                {
                    slots.Add(name, packed.Add(name));
                }
            }

            var columns = new ColumnWriter();
            packed.Write(columns, "ids");
            var read = new PackedNames();
            read.Read(new ColumnReader(columns.Written.ToArray()), "ids");
            Assert.All(slots, one => Assert.True(read.TryFind(one.Key, out var slot) && slot == one.Value && read[slot] == one.Key));
            Assert.False(read.TryFind("Not a name", out _));
        });

    [Fact]
    public void A_tag_map_is_a_dictionary_of_tags() =>
        Gen.Select(Gen.ULong[1, 60], Gen.Bool).List[0, 300].Sample(steps =>
        {
            var map = new TagMap();
            var tags = new Dictionary<ulong, int>();
            foreach (var (number, removes) in steps)
            {
                var tag = 156_000_000_000_000 + (number * 1024);
                if (removes)
                {
                    map.Remove(tag);
                    tags.Remove(tag);
                }
                else if (tags.TryAdd(tag, tags.Count))
                {
                    map.Add(tag, tags[tag]);
                }

                Assert.Equal(tags.Count, map.Count);
                Assert.All(tags, one => Assert.True(map.TryFind(one.Key, out var slot) && slot == one.Value));
                Assert.Equal(tags.ContainsKey(tag), map.TryFind(tag, out _));
            }
        });

    [Fact]
    public void Ten_thousand_commands_are_remembered_with_their_first_result()
    {
        var window = new CommandWindow();
        for (var number = 0; number <= CommandWindow.Maximum; number++)
        {
            window.Remember($"command-{number}", (ulong)number, number + 1);
            window.Remember($"command-{number}", 0, 0);
        }

        Assert.False(window.TryFind("command-0", out _, out _));
        Assert.True(window.TryFind("command-1", out var position, out var hash) && (position, hash) == (2, 1));
        var columns = new ColumnWriter();
        window.Write(columns);
        var read = new CommandWindow();
        read.Read(new ColumnReader(columns.Written.ToArray()));
        Assert.True(read.TryFind($"command-{CommandWindow.Maximum}", out position, out _) && position == CommandWindow.Maximum + 1);
    }
}
