using Qipan.Engine;
using Qipan.Engine.Loading;

namespace Qipan.Cli.Commands;

/// <summary>Files of index persons or cases: person,from,to, with or without a header.</summary>
static class EngineIndexFile
{
    /// <summary>Persons that the store has never seen met nobody: they are said on the error stream and count as traced.</summary>
    public static bool Read(string path, VisitStore store, TextWriter error, out List<TraceIndex> indexes)
    {
        indexes = [];
        if (!File.Exists(path))
        {
            error.WriteLine($"usage: there is no file {path}.");
            return false;
        }
        var number = 0;
        var unknown = 0;
        foreach (var line in File.ReadLines(path))
        {
            number++;
            if (line.Length == 0)
                continue;
            var field = line.Split(',').Select(f => f.Trim().Trim('"')).ToArray();
            var from = field.Length == 3 ? Instants.Parse(field[1]) : null;
            var to = field.Length == 3 ? Instants.Parse(field[2]) : null;
            if (from is null || to is null)
            {
                if (number == 1)
                    continue;
                error.WriteLine($"usage: {path} line {number} is not person,from,to.");
                return false;
            }
            if (store.Visitors.Find(field[0]) is { } visitor)
                indexes.Add(new TraceIndex(visitor, from.Value, to.Value));
            else
                unknown++;
        }
        if (unknown > 0)
            error.WriteLine($"{path}: {unknown} persons are not in the store.");
        return true;
    }
}
