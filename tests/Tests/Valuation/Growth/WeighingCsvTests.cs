using Earmark.Valuation.Growth;
using Xunit;

namespace Earmark.Tests.Valuation.Growth;

public sealed class WeighingCsvTests
{
    [Fact]
    public void Columns_come_in_any_order_with_what_else_a_file_has()
    {
        var table = Read("40", "\uFEFFnote,KG, day ,animal,sex", "x,300.5,0,a,steer", "y,\"310\",14.0,\"b, the second\",", "", "z,320,20,a,");
        Assert.Empty(table.Complaints);
        Assert.Equal(["a", "b, the second"], table.Animals().Select(animal => animal.Id));
        Assert.Equal([new(0, 300.5), new(20, 320)], table.Animals()[0].Weighings);
        Assert.Equal(("steer", null), (table.Animals()[0].Sex, table.Animals()[1].Breed));
    }

    [Fact]
    public void Days_are_dates_where_the_day_asked_for_is_one()
    {
        var table = Read("2026-03-01", "animal,day,kg", "a,2026-02-27,300", "a,2026-02-28,301");
        Assert.Equal([2, 1], table.Animals()[0].Weighings.Select(weighing => table.Day - weighing.Day));
        Assert.Null(WeighingTable.For("1.3.2026"));
        Assert.Null(WeighingTable.For(null));
        Assert.Null(WeighingTable.For("2.5"));
    }

    [Theory]
    [InlineData("a,x,300", "day 'x' is neither a whole number nor yyyy-MM-dd")]
    [InlineData("a,2026-01-01,300", "day '2026-01-01' is a date, but the day asked for is a number")]
    [InlineData("a,999999,300", "day '999999' is more than 36525 days from the day asked for")]
    [InlineData("a,1,NA", "kg 'NA' is not a weight above 0 and up to 2500 kg")]
    [InlineData("a,1,NaN", "kg 'NaN' is not a weight above 0 and up to 2500 kg")]
    [InlineData("a,1,-3", "kg '-3' is not a weight above 0 and up to 2500 kg")]
    [InlineData("a,1", "kg '' is not a weight above 0 and up to 2500 kg")]
    [InlineData(",1,300", "the animal's name has 1 to 80 characters")]
    [InlineData("a,1,300,4", "it has 4 cells, the header 3")]
    [InlineData("\"a,1,300", "a quote is not closed, or something follows one")]
    public void A_bad_line_is_told_with_its_number_and_disturbs_no_other(string line, string because)
    {
        var table = Read("40", "animal,day,kg", "a,0,290", line, "b,0,295");
        Assert.Equal(new LineComplaint(3, because), Assert.Single(table.Complaints));
        Assert.Equal(2, table.AnimalCount);
    }

    [Theory]
    [InlineData("animal,weight,day", "line 1: the column 'kg' is missing; the header has animal,day,kg and, if known, breed,sex")]
    [InlineData("animal,day,kg,kg", "line 1: the column 'kg' is named twice")]
    [InlineData(null, "line 1: the column 'animal' is missing; the header has animal,day,kg and, if known, breed,sex")]
    public void A_header_that_does_not_fit_is_told(string? header, string because)
    {
        Assert.Null(WeighingCsv.TryHeader(header, out var wrong));
        Assert.Equal(because, wrong);
    }

    [Fact]
    public void A_forecast_is_written_with_its_name_quoted_where_it_must_be()
    {
        Assert.Equal("a1,400.00,390.12,410.13", WeighingCsv.Line(new WeightForecast("a1", 400, 390.123, 410.126)));
        Assert.Equal("\"b, \"\"2\"\"\",1.00,0.50,2.00", WeighingCsv.Line(new WeightForecast("b, \"2\"", 1, 0.5, 2)));
    }

    private static WeighingTable Read(string day, string header, params string[] lines)
    {
        var table = WeighingTable.For(day)!;
        var csv = WeighingCsv.TryHeader(header, out var wrong);
        Assert.Equal("", wrong);
        foreach (var line in lines)
        {
            if (csv!.TryRow(line, out var row))
            {
                table.Add(row);
            }
        }

        return table;
    }
}
