using System.Text.Json;
using System.Text.Json.Serialization;

namespace Qipan.Protocols;

/// <summary>A number of minutes in the file, a duration in the code.</summary>
sealed class MinutesAttribute : JsonConverterAttribute
{
    public override JsonConverter CreateConverter(Type typeToConvert) => new DurationConverter(TimeSpan.FromMinutes(1));
}

/// <summary>A number of hours in the file, a duration in the code.</summary>
sealed class HoursAttribute : JsonConverterAttribute
{
    public override JsonConverter CreateConverter(Type typeToConvert) => new DurationConverter(TimeSpan.FromHours(1));
}

sealed class DurationConverter(TimeSpan unit) : JsonConverter<TimeSpan>
{
    public override TimeSpan Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        unit * reader.GetDouble();

    public override void Write(Utf8JsonWriter writer, TimeSpan value, JsonSerializerOptions options) =>
        writer.WriteNumberValue(value / unit);
}
