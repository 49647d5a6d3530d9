namespace Qipan.Protocols;

/// <summary>
/// The protocol for exercises and demonstrations 演练规则: COVID-19, everywhere, from 2023-01-08 on, with the values of spring 2022. No
/// authority issued it, so the book never loads it by itself; a demo writes it into the protocols folder of its own data.
/// </summary>
public static class ExerciseProtocol
{
    const string Name = "protocols/exercise/QIPAN-EXERCISE.yaml";

    public static ProtocolVersion Version { get; } = new("QIPAN-EXERCISE", 1);

    /// <summary>Writes the file into the folder, which is made if it is not there. A file that is there already is left as it is.</summary>
    public static void WriteTo(string folder)
    {
        Directory.CreateDirectory(folder);
        var path = Path.Combine(folder, "QIPAN-EXERCISE.yaml");
        if (!File.Exists(path))
            File.WriteAllBytes(path, ProtocolPacks.Read(Name));
    }

    internal static byte[] Read() => ProtocolPacks.Read(Name);
}
