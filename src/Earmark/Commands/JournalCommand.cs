using System.CommandLine;
using Earmark.Host.Running;

namespace Earmark.Host.Commands;

/// <summary><c>earmark journal</c>: the periods of a cluster's journal, and the files old ones go into. For the database's owner: no silo may delete an entry.</summary>
internal static class JournalCommand
{
    private const int LongestDays = 36_500;

    public static Command Create() => new("journal", "Periods of a cluster's journal: look at them, move old ones into files that prove themselves, bring one back.")
    {
        Periods(),
        Close(),
        Archive(),
        Attach(),
        Verify(),
    };

    private static Command Periods()
    {
        var postgres = new PostgresOption();
        var command = new Command("periods", "Prints a line a period.");
        postgres.AddTo(command, required: true);
        command.SetAction((parsed, cancel) => Archiving.PeriodsAsync(postgres.Read(parsed)!, cancel));
        return command;
    }

    private static Command Close()
    {
        var postgres = new PostgresOption();
        var command = new Command("close", "Closes the open period now instead of at its time; writing goes on in the next.");
        postgres.AddTo(command, required: true);
        command.SetAction((parsed, cancel) => Archiving.CloseAsync(postgres.Read(parsed)!, cancel));
        return command;
    }

    private static Command Archive()
    {
        var folder = new Option<string>("--folder") { Description = "Where the files go.", Required = true };
        var days = new Option<int>("--older-than-days") { Description = "Periods that ended longer ago.", DefaultValueFactory = _ => 30 };
        var noHistory = new Option<bool>("--no-history") { Description = "The cluster has no InfluxDB, so nothing has to be read before it goes." };
        days.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 0 or > LongestDays)
            {
                result.AddError($"--older-than-days must be 0 to {LongestDays}.");
            }
        });
        var (postgres, influx) = (new PostgresOption(), new InfluxOption());
        var command = new Command("archive", "Has the sites of the running cluster journal opening states, then moves old periods into files, each proven before a row goes.") { folder, days, noHistory };
        postgres.AddTo(command, required: true);
        influx.AddTo(command);
        command.Validators.Add(result =>
        {
            if (result.GetValue(noHistory) == result.Children.Any(child => child is System.CommandLine.Parsing.OptionResult { Implicit: false, Option.Name: InfluxOption.Name }))
            {
                result.AddError($"Say where the History is with {InfluxOption.Name}, or that there is none with --no-history: what it has not read must stay.");
            }
        });
        command.SetAction((parsed, cancel) => Archiving.ArchiveAsync(
            postgres.Read(parsed)!, influx.Read(parsed), Path.GetFullPath(parsed.GetValue(folder)!), TimeSpan.FromDays(parsed.GetValue(days)), cancel));
        return command;
    }

    private static Command Attach()
    {
        var file = new Argument<string>("file") { Description = "The file of the period that was detached last." };
        var postgres = new PostgresOption();
        var command = new Command("attach", "Brings an archived period back into the database, for recomputation.") { file };
        postgres.AddTo(command, required: true);
        command.SetAction((parsed, cancel) => Archiving.AttachAsync(postgres.Read(parsed)!, Path.GetFullPath(parsed.GetValue(file)!), cancel));
        return command;
    }

    private static Command Verify()
    {
        var file = new Argument<string>("file") { Description = "An archive file; no database is needed." };
        var command = new Command("verify", "Proves an archive file: order, every site's chain, every byte. Prints each chain's ends, to be compared with exported heads.") { file };
        command.SetAction(parsed => Archiving.Verify(Path.GetFullPath(parsed.GetValue(file)!)));
        return command;
    }
}
