using System.CommandLine;
using Earmark.Host.Running;
using Earmark.Storage;
using Earmark.Storage.Book;
using Earmark.Storage.Postgres;

namespace Earmark.Host.Commands;

/// <summary><c>earmark broker-config</c>: Mosquitto's password file, ACL and settings for the devices of the register. Earmark may be running.</summary>
internal static class BrokerConfigCommand
{
    public static Command Create()
    {
        var data = new Option<string>("--data") { Description = "Data folder, when there is no PostgreSQL.", DefaultValueFactory = _ => "./data" };
        var output = new Option<string>("--out") { Description = "Folder to write to.", DefaultValueFactory = _ => "./mosquitto" };
        var user = new Option<string>("--gateway-user") { Description = "The broker's user for the gateways.", DefaultValueFactory = _ => "earmark-gateway" };
        var secret = new Option<string?>("--gateway-secret") { Description = "File with that user's password; made when it is not there. Default: gateway-password in --out." };
        user.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string>() is not { Length: > 0 } name || !name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_'))
            {
                result.AddError("--gateway-user is letters, digits, '-' and '_'.");
            }
        });
        var command = new Command("broker-config", "Writes Mosquitto's users, ACL and settings for all devices in service. Run it again after a device was added, and have Mosquitto read it anew (SIGHUP).")
        {
            data, output, user, secret,
        };
        var postgres = new PostgresOption();
        postgres.AddTo(command, required: false);
        command.SetAction((parsed, cancel) => RunAsync(
            postgres.Read(parsed), Path.GetFullPath(parsed.GetValue(data)!), Path.GetFullPath(parsed.GetValue(output)!), parsed.GetValue(user)!, parsed.GetValue(secret), cancel));
        return command;
    }

    private static async Task<int> RunAsync(PostgresConnection? postgres, string dataFolder, string output, string user, string? secret, CancellationToken cancel)
    {
        if (postgres is null && !File.Exists(Path.Combine(dataFolder, "book.db")))
        {
            await Console.Error.WriteLineAsync($"There is no register in {dataFolder}; start `earmark run --data {dataFolder}` once.");
            return EarmarkProcess.CannotStart;
        }
        var stores = new ServiceCollection().AddLogging();
        await using var services = (postgres is null
            ? stores.AddEarmarkStorage(new StorageOptions { DataFolder = dataFolder })
            : stores.AddPostgresBook(new PostgresOptions { Connection = postgres }).AddSingleton<IRegister, Register>()).BuildServiceProvider();
        var devices = await BrokerUsers.InServiceAsync(services.GetRequiredService<IRegister>(), cancel);
        Directory.CreateDirectory(output);
        var secretFile = secret ?? Path.Combine(output, "gateway-password");
        MosquittoFiles.Write(output, [.. devices.Select(device => (device.DeviceId, device.Kind, device.PasswordHash))], user, MosquittoFiles.GatewayPassword(secretFile));
        Console.WriteLine($"{devices.Count} devices written to {output}: passwords, acl, mosquitto.conf. The gateways' password is in {secretFile}.");
        return 0;
    }
}
