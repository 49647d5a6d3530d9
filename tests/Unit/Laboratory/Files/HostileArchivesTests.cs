using System.IO.Compression;
using System.Text;
using Qipan.Laboratory.Files;
using Xunit;

namespace Qipan.Unit.Laboratory.Files;

/// <summary>Workbooks and RDML archives that are broken, or made to harm.</summary>
public sealed class HostileArchivesTests
{
    const string Laughs =
        "<!DOCTYPE lol [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\"><!ENTITY c \"&b;&b;&b;&b;&b;&b;&b;&b;\">]>";

    static readonly string[] Sound =
        [MadeFiles.SheetHeader(), MadeFiles.SheetRow(2, "1", "A1", "FALSE", "T1", "N", "UNKNOWN", MadeFiles.Number("30.5"))];

    [Fact]
    public void The_made_workbook_is_sound_before_it_is_broken()
    {
        var well = Assert.Single(MadeFiles.Read(MadeFiles.Xlsx(string.Concat(Sound))).Value.Wells);
        Assert.Equal(("A1", "T1", "N", "UNKNOWN", 30.5, 2), (well.Well, well.Sample, well.Target, well.Task, well.Ct, well.Line));
    }

    [Fact]
    public void An_archive_that_is_cut_off_is_refused()
    {
        var whole = MadeFiles.Xlsx(string.Concat(Sound));
        for (var length = 4; length < whole.Length; length += 41)
            Assert.StartsWith("lab_file_", MadeFiles.Refused(whole[..length]));
        Assert.Equal("lab_file_broken_archive", MadeFiles.Refused(whole[..(whole.Length / 2)]));
    }

    [Fact]
    public void A_flipped_bit_in_a_part_is_found_by_its_checksum_and_never_another_Ct()
    {
        // Stored, not packed: the flip leaves well-formed XML with another number.
        using var memory = new MemoryStream();
        using (var zip = new ZipArchive(memory, ZipArchiveMode.Create, leaveOpen: true))
        {
            using var part = zip.CreateEntry("rdml_data.xml", CompressionLevel.NoCompression).Open();
            part.Write(Encoding.UTF8.GetBytes(MadeFiles.Rdml(MadeFiles.React(1, "T1", "30.5"))));
        }
        var bytes = memory.ToArray();
        Assert.Equal(30.5, MadeFiles.Read(bytes).Value.Wells[0].Ct);
        bytes[bytes.AsSpan().IndexOf("30.5"u8)] = (byte)'1';
        Assert.Equal("lab_file_damaged", MadeFiles.Refused(bytes));
    }

    [Fact]
    public void A_zip_bomb_is_refused_by_its_declared_size_before_it_is_unpacked()
    {
        using var memory = new MemoryStream();
        using (var zip = new ZipArchive(memory, ZipArchiveMode.Create, leaveOpen: true))
        {
            using var part = zip.CreateEntry("xl/workbook.xml").Open();
            var spaces = new byte[1 << 20];
            for (var i = 0; i < 40; i++)
                part.Write(spaces);
        }
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Equal("lab_file_unpacks_too_large", MadeFiles.Refused(memory.ToArray()));
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 4 << 20, "The bomb was unpacked.");
    }

    [Fact]
    public void A_part_that_unpacks_to_more_than_it_declares_is_refused_where_its_declared_size_ends()
    {
        var filler = new string(' ', 900_000);
        var bytes = MadeFiles.Xlsx(string.Concat(Sound) + filler);
        // The size in the central directory, where the reader takes it from: made smaller.
        var name = bytes.AsSpan().LastIndexOf("xl/worksheets/sheet1.xml"u8);
        BitConverter.TryWriteBytes(bytes.AsSpan(name - 22), 500);
        Assert.Contains(MadeFiles.Refused(bytes), new[] { "lab_file_damaged", "lab_file_broken_archive", "lab_file_broken_xml" });
    }

    [Fact]
    public void Too_many_parts_parts_of_one_name_and_too_much_in_all_are_refused()
    {
        var many = Enumerable.Range(0, 30).Select(i => ($"part{i}", "x")).ToArray();
        Assert.Equal("lab_file_too_many_parts", MadeFiles.Refused(MadeFiles.Zip(many), new ReadLimits { MaxEntries = 29 }));
        Assert.Equal("lab_file_unknown_archive", MadeFiles.Refused(MadeFiles.Zip(many), new ReadLimits { MaxEntries = 30 }));
        Assert.Equal("lab_file_duplicate_parts", MadeFiles.Refused(
            MadeFiles.Zip(("xl/workbook.xml", "<a/>"), ("XL\\workbook.xml", "<b/>"))));
        Assert.Equal(
            "lab_file_unpacks_too_large",
            MadeFiles.Refused(MadeFiles.Xlsx(string.Concat(Sound)), new ReadLimits { MaxUnpackedBytes = 300 }));
        Assert.Equal(
            "lab_file_unpacks_too_large",
            MadeFiles.Refused(MadeFiles.Xlsx(string.Concat(Sound)), new ReadLimits { MaxPartBytes = 100 }));
    }

    [Fact]
    public void Entities_and_external_entities_are_refused_wherever_they_stand()
    {
        var secret = Path.Combine(Path.GetTempPath(), $"qipan-canary-{Environment.ProcessId}.txt");
        File.WriteAllText(secret, "CANARY");
        var external = $"<!DOCTYPE x [<!ENTITY e SYSTEM \"file://{secret}\">]>";
        try
        {
            var reaction = MadeFiles.React(1, "T1", "30");
            Assert.Equal("lab_file_xml_dtd", MadeFiles.Refused(Encoding.UTF8.GetBytes(MadeFiles.Rdml(reaction, Laughs))));
            Assert.Equal("lab_file_xml_dtd", MadeFiles.Refused(
                Encoding.UTF8.GetBytes(MadeFiles.Rdml(reaction.Replace("30", "&e;"), external))));
            Assert.Equal("lab_file_xml_dtd", MadeFiles.Refused(MadeFiles.Zip(("rdml_data.xml", MadeFiles.Rdml(reaction, Laughs)))));
            Assert.Equal("lab_file_xml_dtd", MadeFiles.Refused(MadeFiles.Xlsx(string.Concat(Sound), prolog: Laughs)));
            Assert.Equal("lab_file_xml_dtd", MadeFiles.Refused(
                MadeFiles.Xlsx(string.Concat(Sound), shared: $"{external}<sst><si><t>&e;</t></si></sst>")));
        }
        finally
        {
            File.Delete(secret);
        }
    }

    [Fact]
    public void Deep_nesting_long_texts_many_attributes_and_long_CDATA_are_refused_in_little_memory()
    {
        var deep = string.Concat(Enumerable.Repeat("<a>", 300_000));
        var attributes = "<react " + string.Join(' ', Enumerable.Range(0, 60_000).Select(i => $"a{i}=\">\"")) + "/>";
        var text = $"<react id=\"1\"><sample id=\"{new string('s', 400_000)}\"/></react>";
        var cdata = $"<react id=\"1\"><data><cq><![CDATA[{string.Concat(Enumerable.Repeat("<<<<", 200_000))}]]></cq></data></react>";
        foreach (var hostile in new[] { deep, attributes, text, cdata })
        {
            var bytes = Encoding.UTF8.GetBytes(MadeFiles.Rdml(hostile));
            var before = GC.GetAllocatedBytesForCurrentThread();
            Assert.Equal("lab_file_xml_limits", MadeFiles.Refused(bytes));
            Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 32 << 20, "More memory than the limits promise.");
        }
    }

    [Fact]
    public void XML_that_breaks_off_or_is_UTF_16_is_refused()
    {
        var xml = MadeFiles.Rdml(MadeFiles.React(1, "T1", "30"));
        Assert.Equal("lab_file_broken_xml", MadeFiles.Refused(Encoding.UTF8.GetBytes(xml[..^30])));
        Assert.Equal("lab_file_broken_xml", MadeFiles.Refused(MadeFiles.Zip(("rdml_data.xml", xml[..^30]))));
        Assert.Equal("lab_file_broken_xml", MadeFiles.Refused(Utf16Zip(xml)));
    }

    [Fact]
    public void Other_archives_and_binaries_are_refused_by_what_they_are()
    {
        Assert.Equal("lab_file_unknown_archive", MadeFiles.Refused(MadeFiles.Zip(("apldbio/sds/experiment.xml", "<Experiment/>"))));
        Assert.Equal("lab_file_old_workbook", MadeFiles.Refused([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, .. new byte[500]]));
        Assert.Equal("lab_file_binary", MadeFiles.Refused([0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13]));
        Assert.Equal("lab_file_no_results_sheet", MadeFiles.Refused(MadeFiles.Xlsx(MadeFiles.SheetRow(1, "a", "b", "c", "d"))));
    }

    static byte[] Utf16Zip(string xml)
    {
        using var memory = new MemoryStream();
        using (var zip = new ZipArchive(memory, ZipArchiveMode.Create, leaveOpen: true))
        {
            using var part = new StreamWriter(zip.CreateEntry("rdml_data.xml").Open(), Encoding.Unicode);
            part.Write(xml);
        }
        return memory.ToArray();
    }
}
