// 100,000 tasks that sleep for a second each, on one thread.
use std::fs::read_to_string;
use std::time::{Duration, Instant};

const TASKS: usize = 100_000;

// A figure in kB of /proc/self/status.
fn memory(name: &str) -> f64 {
    let status = read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find(|line| line.starts_with(name)).unwrap();
    line.split_whitespace().nth(1).unwrap().parse().unwrap()
}

// Seconds of processor time; the kernel counts them here in hundredths.
fn cpu() -> f64 {
    let stat = read_to_string("/proc/self/stat").unwrap();
    let times = stat.rsplit(')').next().unwrap().split_whitespace();
    times
        .skip(11)
        .take(2)
        .map(|t| t.parse::<f64>().unwrap())
        .sum::<f64>()
        / 100.0
}

async fn all() {
    let (memory_before, cpu_before, begin) =
        (memory("VmRSS"), cpu(), Instant::now());
    let tasks: Vec<_> = (0..TASKS)
        .map(|_| tokio::spawn(tokio::time::sleep(Duration::from_secs(1))))
        .collect();
    for task in tasks {
        task.await.unwrap();
    }
    println!(
        "wall_minus_1s_ms {}",
        begin.elapsed().as_secs_f64() * 1e3 - 1000.0
    );
    println!("cpu_s {}", cpu() - cpu_before);
    println!(
        "kb_per_task {}",
        (memory("VmHWM") - memory_before) / TASKS as f64
    );
}

fn main() {
    let mut builder = tokio::runtime::Builder::new_current_thread();
    builder.enable_time().build().unwrap().block_on(all());
}
