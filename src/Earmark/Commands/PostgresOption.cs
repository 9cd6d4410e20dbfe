using System.CommandLine;
using System.CommandLine.Parsing;
using Earmark.Storage.Postgres;

namespace Earmark.Host.Commands;

/// <summary>
/// Which PostgreSQL: the connection holds a password, so it comes by file or environment and never by the command line, which
/// other users of the machine can read.
/// </summary>
internal sealed class PostgresOption
{
    public const string Variable = "EARMARK_POSTGRES";

    private readonly Option<string?> file = new("--postgres-file")
    {
        Description = $"File with the PostgreSQL connection (Host=…;Port=…;Database=…;Username=…;Password=…); else the environment's {Variable}.",
    };

    /// <summary>Adds the option; a connection that can't be read is a mistake of the command line.</summary>
    /// <param name="required">Refuses to go on without one.</param>
    public void AddTo(Command command, bool required)
    {
        command.Add(file);
        command.Validators.Add(result =>
        {
            try
            {
                if (Read(result.GetValue(file)) is null && required)
                {
                    result.AddError($"A PostgreSQL is needed: --postgres-file FILE, or {Variable} in the environment.");
                }
            }
            catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException or ArgumentException)
            {
                result.AddError(wrong.Message);
            }
        });
    }

    /// <summary>Null when none was named.</summary>
    public PostgresConnection? Read(ParseResult parsed) => Read(parsed.GetValue(file));

    private static PostgresConnection? Read(string? path)
    {
        var text = path is null ? Environment.GetEnvironmentVariable(Variable) : File.ReadAllText(path);
        return string.IsNullOrWhiteSpace(text) ? null : new PostgresConnection(text.Trim());
    }
}
