return await Earmark.Bench.BenchCommand.RunAsync(args);
