using System.CommandLine;

namespace Qipan.Cli.Commands;

/// <summary>`qipan import KIND FILE...`: one subcommand for each kind of file.</summary>
static class ImportCommand
{
    public static Command Make() => new("import", "Reads files into the store; with --dry-run prints what was read and writes nothing.")
    {
        ImportLabResults.Make(),
        ImportRegisters.MakePersons(),
        ImportRegisters.MakePlaces(),
        ImportRegisters.MakeBoundaries(),
        ImportRegisters.MakeVenues(),
        ImportRegisters.MakeVisits(),
        ImportRegisters.MakeRoster(),
        ImportItinerary.Make(),
        ImportLists.MakeCases(),
        ImportLists.MakeContacts(),
    };
}
