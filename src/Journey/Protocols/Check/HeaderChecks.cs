namespace Qipan.Protocols;

/// <summary>What the schema cannot say about the head and the notes of a file.</summary>
static class HeaderChecks
{
    public static void Run(Look look)
    {
        if (look.Date("protocol.effective.from") is { } from && look.Date("protocol.effective.to") is { } to && to <= from)
            look.Say("protocol.effective.to", "interval", $"'to' ({to:yyyy-MM-dd}) must be after 'from' ({from:yyyy-MM-dd}): it is the "
                + "first day on which the protocol no longer holds.");
        if (look.Text("protocol.jurisdiction") is { } code && Jurisdiction.Parse(code) is null)
            look.Say("protocol.jurisdiction", "jurisdiction",
                $"'{SchemaSentences.Short(code)}' is no jurisdiction. Write \"*\", CN, or 2, 4, 6, 9 or 12 digits of a division code "
                + "in quotes.");
        var groups = RuleGroups.All.Select(g => g.Key).Where(look.Has).ToList();
        if (groups.Count == 0)
            look.Say("", "no_group", "The file rules on nothing: it has no group of parameters. Add one, as pool or quarantine.");
        Notes(look, groups);
    }

    static void Notes(Look look, List<string> groups)
    {
        var noted = new HashSet<string>(StringComparer.Ordinal);
        foreach (var note in look.Items("notes"))
        {
            if (look.Text(note + ".path") is not { } path)
                continue;
            if (path.StartsWith("notes", StringComparison.Ordinal) || !look.Has(path))
                look.Say(note + ".path", "note_path", $"Nothing stands at '{SchemaSentences.Short(path)}' in this file. A path is keys "
                    + "joined by dots, with [0] for the first item of a list.");
            else
                noted.Add(path.Split('.', '[')[0]);
        }
        foreach (var group in groups.Where(g => !noted.Contains(g)))
            look.Say(group, "missing_note", $"The group '{group}' has no note. Add {{path: {group}, mark: F, K or D, source: …, text: "
                + $"…}} under notes.");
    }
}
