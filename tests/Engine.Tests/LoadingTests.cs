using System.Globalization;
using System.Runtime.InteropServices;
using Qipan.Engine.Loading;
using Xunit;

namespace Qipan.Engine.Tests;

public class LoadingTests
{
    [Theory]
    [InlineData("person,place,enter,leave\np1,cafe,1646100000,1646103600\n")]
    [InlineData("p1,cafe,1646100000,1646103600")]
    [InlineData("p1,cafe,2022-03-01T02:00:00Z,2022-03-01T11:00:00+08:00\r\n")]
    [InlineData("leave,x,enter,venue,visitor\n1646103600,9,1646100000,cafe,p1\n")]
    [InlineData("\"p1\",\"cafe\",2022-03-01 02:00:00,\"2022-03-01 03:00:00\"\n")]
    [InlineData("person\tplace\tenter\tleave\n\np1\tcafe\t1646100000\t1646103600\n")]
    public void A_visit_is_read_from_every_usual_form(string text)
    {
        using var folder = new TempFolder();
        using var store = folder.Open();
        Assert.Equal(new LoadReceipt(1, 0, 0, 0), Load(store, folder, text, new LoadOptions(), out var refused));
        Assert.Empty(refused);
        using var view = store.Read();
        var stay = Assert.Single(view.Itinerary(store.Visitors.Find("p1")!.Value));
        Assert.Equal((1646100000L, 1646103600L), (stay.Enter, stay.Leave));
        Assert.Equal("cafe", store.Places.Outside(stay.Place));
    }

    [Fact]
    public void Columns_may_be_named_by_position_or_by_the_headers_own_names()
    {
        using var folder = new TempFolder();
        using var store = folder.Open();
        Load(store, folder, "cafe,p1,1646100000,1646103600\n", new LoadOptions { Columns = ["place", "person", "enter", "leave"] }, out _);
        Load(store, folder, "ort,von,wer,bis\ncafe,1646200000,p1,1646203600\n", new LoadOptions { Columns = ["wer", "ort", "von", "bis"] }, out _);
        using var view = store.Read();
        Assert.Equal(2, view.Itinerary(store.Visitors.Find("p1")!.Value).Count);
    }

    [Fact]
    public void What_cannot_be_stored_is_refused_with_its_line_and_reason_and_the_rest_is_taken()
    {
        using var folder = new TempFolder();
        using var store = folder.Open();
        const string text = "person,place,enter,leave\na,x,100,200\na,x,300,300\na,x,400,350\n,x,1,2\na,x,soon,9\na,x\na,x,100,200\nb,x,5,\n";
        var receipt = Load(store, folder, text, new LoadOptions(), out var refused);
        Assert.Equal(new LoadReceipt(2, 1, 5, 0), receipt);
        Assert.Equal(
            ["3 visit_zero_length", "4 visit_inverted", "5 visit_unreadable", "6 visit_unreadable", "7 visit_unreadable"],
            refused.Select(r => $"{r.Line} {r.Why.Code}"));
        Assert.Equal("a,x,400,350", refused[1].Row);
        using var view = store.Read();
        Assert.Equal(LeaveKind.Open, Assert.Single(view.Itinerary(store.Visitors.Find("b")!.Value)).Kind);
    }

    [Fact]
    public void A_missing_leave_is_inferred_by_the_place_and_replaced_when_it_comes()
    {
        using var folder = new TempFolder();
        using var store = folder.Open();
        var options = new LoadOptions { InferLeave = 1800, InferLeaveOf = new Dictionary<string, long>(StringComparer.Ordinal) { ["bath"] = 7200 } };
        Load(store, folder, "a,bath,1000,\na,shop,9000,\n", options, out _);
        using (var view = store.Read())
            Assert.Equal(
                [(1000L, 8200L, LeaveKind.Inferred), (9000L, 10800L, LeaveKind.Inferred)],
                view.Itinerary(0).Select(s => (s.Enter, s.Leave, s.Kind)));
        Assert.Equal(1, Load(store, folder, "a,bath,1000,4000\n", options, out _).Replaced);
        using var after = store.Read();
        Assert.Equal((1000L, 4000L, LeaveKind.Explicit), after.Itinerary(0).Select(s => (s.Enter, s.Leave, s.Kind)).First());
    }

    [Fact]
    public void Raw_files_and_text_files_name_the_same_people_and_loading_again_changes_nothing()
    {
        using var folder = new TempFolder();
        using var store = folder.Open();
        int[] rows = [7, 3, 1000, 2000, 8, 3, 1500, -1, 7, 4, 5000, 4000];
        var path = folder.File("visits.bin");
        File.WriteAllBytes(path, [.. MemoryMarshal.AsBytes<int>(rows), 1, 2]);
        using (var load = new VisitFileLoad(store, new LoadOptions(), _ => { }))
        {
            load.Add(path);
            Assert.Equal(new LoadReceipt(2, 0, 2, 0), load.Finish());
        }
        Assert.Equal(new LoadReceipt(0, 2, 0, 0), Load(store, folder, "7,3,1000,2000\n8,3,1500,\n", new LoadOptions(), out _));
        Assert.Equal(2u, store.Visitors.Count);
    }

    [Fact]
    public void Lines_across_the_ends_of_blocks_are_read_whole()
    {
        using var folder = new TempFolder();
        using var store = folder.Open();
        var lines = Enumerable.Range(0, 60_000).Select(i => string.Create(CultureInfo.InvariantCulture, $"person-{i},place-{i % 500},{1_000_000 + i},{1_000_500 + i}"));
        var receipt = Load(store, folder, string.Join('\n', lines), new LoadOptions(), out _);
        Assert.Equal(60_000, receipt.Accepted);
        Assert.Equal("person-59999", store.Visitors.Outside(59_999));
    }

    [Theory]
    [InlineData("2024-02-29T23:59:59Z", 1709251199L)]
    [InlineData("2024-02-29 23:59:59.750+00:00", 1709251199L)]
    [InlineData("2023-02-29T00:00:00Z", null)]
    [InlineData("2024-02-29T24:00:00Z", null)]
    [InlineData("2024-03-01T07:59:59+08:00", 1709251199L)]
    [InlineData("1709251199", 1709251199L)]
    [InlineData("yesterday", null)]
    [InlineData("", null)]
    public void Instants_are_read_or_not(string text, long? expected) => Assert.Equal(expected, Instants.Parse(text));

    [Theory]
    [InlineData("15m", 900L)]
    [InlineData("2h", 7200L)]
    [InlineData("90", 90L)]
    [InlineData("1d", 86400L)]
    [InlineData("-5m", null)]
    [InlineData("m", null)]
    [InlineData("", null)]
    public void Spans_are_read_or_not(string text, long? expected) => Assert.Equal(expected, Instants.ParseSpan(text));

    static LoadReceipt Load(VisitStore store, TempFolder folder, string text, LoadOptions options, out List<RefusedRow> refused)
    {
        var path = folder.File($"visits-{Directory.GetFiles(folder.Path).Length}.csv");
        File.WriteAllText(path, text);
        var rows = new List<RefusedRow>();
        using var load = new VisitFileLoad(store, options, rows.Add);
        load.Add(path);
        refused = rows;
        return load.Finish();
    }
}
