using Earmark.Host.Demo;

namespace Earmark.Host.Running;

internal static class Banner
{
    /// <summary>Address, and the demo's people: their passwords at the first start only, for they are kept as hashes.</summary>
    public static void Print(RunOptions options, DemoState demo)
    {
        Console.WriteLine();
        Console.WriteLine($"  Earmark is at http://127.0.0.1:{options.Port}   devices: mqtt://127.0.0.1:{options.MqttPort}");
        People(demo, options.DataFolder);
        Console.WriteLine("  Ctrl-C stops it.");
        Console.WriteLine();
    }

    public static void People(DemoState demo, string dataFolder)
    {
        if (demo.NewUsers.Count > 0)
        {
            Console.WriteLine("  Demo users (shown once):");
            foreach (var (user, role, password) in demo.NewUsers)
            {
                Console.WriteLine($"    {user,-12} {password,-20} {role}");
            }
        }
        else
        {
            Console.WriteLine($"  Demo users: {string.Join(", ", demo.UserNames)} (passwords were shown at the first start)");
        }

        Console.WriteLine($"  API keys: {Path.Combine(dataFolder, DemoFiles.Keys)}");
    }
}
